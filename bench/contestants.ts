import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FixtureSize } from "./fixture-images.ts";
import type { Command } from "./measure.ts";

/** What a contestant is run against. */
export interface Scene {
  readonly host: string;
  readonly folder: string;
  readonly size: FixtureSize;
  readonly caFile: string | undefined;
}

const root = join(import.meta.dirname, "..");
const bundle = join(root, "dist/talos.cjs");
/** The release's bundle when it is built (`npm run build`), which is what people run; else the sources. */
export const isBundle = existsSync(bundle);
export const talosProgram = isBundle ? bundle : join(root, "src/main.ts");

/** A script of this folder with the scene as its arguments. */
export function script(name: string, { host, folder, size, caFile }: Scene): Command {
  const facts = [host, String(size.repositories), String(size.services), ...(caFile === undefined ? [] : [caFile])];
  return { file: process.execPath, arguments: [join(import.meta.dirname, name), ...facts], folder };
}

/** `talos plan` as people start it. `cacheFolder`: what an earlier run has left behind; default: nothing. */
export function talosPlan({ folder }: Scene, cacheFolder = emptyFolder()): Command {
  return {
    file: process.execPath,
    arguments: [talosProgram, "plan", folder, "--json", "--config", join(folder, "talos.json")],
    folder,
    environment: { XDG_CACHE_HOME: cacheFolder, NODE_NO_WARNINGS: "1" },
  };
}

export function emptyFolder(): string {
  return mkdtempSync(join(tmpdir(), "talos-bench-"));
}
