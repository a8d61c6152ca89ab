import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";

/**
 * Removes the `*.lock` files of a git that was killed. Other processes may work in the same clone, but each of their
 * gits is ended at its deadline: a lock that is older than that is nobody's. Gives whether one was removed.
 */
export async function removeStaleLocks(clone: string, deadlineSeconds: number): Promise<boolean> {
  const oldestMs = Date.now() - (deadlineSeconds + 10) * 1000;
  const names = (await readdir(clone, { recursive: true })).filter((name) => name.endsWith(".lock"));
  const removed = await Promise.all(names.map((name) => removeOlder(join(clone, name), oldestMs)));
  return removed.includes(true);
}

async function removeOlder(file: string, oldestMs: number): Promise<boolean> {
  const stats = await stat(file).catch(() => undefined);
  if (stats === undefined || stats.mtimeMs > oldestMs) return false;
  await rm(file, { force: true });
  return true;
}
