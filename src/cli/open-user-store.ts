import { join } from "node:path";
import { createMemoryStore } from "../store/memory-store.ts";
import { openSqliteStore } from "../store/sqlite-store.ts";
import type { Store } from "../store/store.ts";
import { TalosError } from "../talos-error.ts";
import { userCacheFolder } from "./user-cache-folder.ts";

/**
 * What the commands of one person remember between runs: look-ups, and when digests were first seen. It lies in the
 * person's cache folder, never in the folder that is looked at. Where it cannot be used, a run goes on without memory.
 */
export function openUserStore(environment: NodeJS.ProcessEnv, onNotice: (text: string) => void): Store {
  try {
    return openSqliteStore(join(userCacheFolder(environment), "talos.sqlite"), { onNotice });
  } catch (error) {
    if (!(error instanceof TalosError)) throw error;
    onNotice(`nothing is remembered between runs: ${error.message}`);
    return createMemoryStore();
  }
}
