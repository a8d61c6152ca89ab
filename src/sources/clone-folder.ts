import { tmpdir, userInfo } from "node:os";
import { join, resolve } from "node:path";
import type { Config } from "../config/schema.ts";

/** Where clones are kept; each user has a folder of their own. */
export function cloneFolder({ GitSettings }: Pick<Config, "GitSettings">): string {
  return resolve(GitSettings.WorkDirectory ?? join(tmpdir(), `talos-${userInfo().uid}`));
}
