import { spawnSync } from "node:child_process";

/** dockerd wants root, and the right to mount, which root may not have in a container. */
export function canRunEngines(): boolean {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return false;
  return spawnSync("unshare", ["--mount", "--pid", "--fork", "--mount-proc", "true"]).status === 0;
}
