import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { emptyFolder, talosProgram } from "./contestants.ts";
import type { Command } from "./measure.ts";
import { measureRow, type Rows } from "./measure-row.ts";

const times = 9;

/** How long the program takes before it works, as multiples of Node's own start. */
export async function measureStart(): Promise<Rows> {
  const folder = emptyFolder();
  await mkdir(join(folder, "web"));
  await writeFile(join(folder, "web/compose.yml"), "services:\n  web:\n    image: nginx:1.27.1\n");
  const node =
    (...args: readonly string[]) =>
    (): Command => ({ file: process.execPath, arguments: args, folder });
  const rows = [
    await measureRow("node -e 0", node("-e", "0"), undefined, times),
    await measureRow("talos --help", node(talosProgram, "--help"), undefined, times),
    // Nothing has opted in, so no registry is asked.
    await measureRow("talos plan, one file", node(talosProgram, "plan", folder), undefined, times),
  ];
  await rm(folder, { recursive: true });
  return rows.flat();
}
