import { homedir } from "node:os";
import { join } from "node:path";

/** `$XDG_CACHE_HOME/talos`, else the place that the system has for it: what may be deleted without loss. */
export function userCacheFolder(environment: NodeJS.ProcessEnv): string {
  const { XDG_CACHE_HOME: configured } = environment;
  if (configured !== undefined && configured !== "") return join(configured, "talos");
  const base = process.platform === "darwin" ? join("Library", "Caches") : ".cache";
  return join(homedir(), base, "talos");
}
