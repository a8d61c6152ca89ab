import { readdir, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** So long does nothing that Talos does with a clone last. */
const oldestMs = 6 * 3600 * 1000;

/** A name beside the clone, for what becomes part of it or is thrown away. */
export function nameBeside(clone: string, purpose: "new" | "damaged" | "commit", id: string): string {
  return `${clone}.${purpose}-${id}`;
}

/** Removes what a Talos that was killed has left beside the clone. */
export async function removeLeftovers(clone: string): Promise<void> {
  const names = await readdir(dirname(clone));
  const leftovers = names.filter((name) => name.startsWith(`${basename(clone)}.`));
  for (const path of leftovers.map((name) => join(dirname(clone), name))) {
    const stats = await stat(path).catch(() => undefined);
    if (stats !== undefined && stats.mtimeMs < Date.now() - oldestMs) await rm(path, { recursive: true, force: true });
  }
}
