import { existsSync } from "node:fs";
import { inspectDatabase } from "../../store/inspect-database.ts";
import { type Finding, fails, passes } from "./finding.ts";

const name = "store";

/** The SQLite file of the daemon. It is only read: a damaged one stays where it is. */
export function checkStore(path: string): readonly Finding[] {
  if (!existsSync(path)) return [passes(name, `${path} will be made`)];
  const found = inspectDatabase(path);
  if (found.kind === "sound") return [passes(name, `${path} is sound, format ${found.version}`)];
  return [fails(name, found.text, found.hint)];
}
