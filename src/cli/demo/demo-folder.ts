import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export interface DemoFolder extends AsyncDisposable {
  /** The copy of the example. */
  readonly homelab: string;
  /** A configuration that asks the registry in memory instead of the real ones. */
  readonly config: string;
  /** For what the commands remember, so that nothing of it ends up in the person's own cache. */
  readonly cache: string;
}

/** `isKept`: disposing leaves it all where it is. */
export async function makeDemoFolder(settings: unknown, isKept: boolean): Promise<DemoFolder> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "talos-demo-")));
  const [homelab, config, cache] = [join(folder, "homelab"), join(folder, "talos.json"), join(folder, "cache")];
  await cp(findExample(), homelab, { recursive: true });
  await mkdir(cache);
  await writeFile(config, `${JSON.stringify(settings, null, 2)}\n`);
  return {
    homelab,
    config,
    cache,
    [Symbol.asyncDispose]: () => (isKept ? Promise.resolve() : rm(folder, { recursive: true, force: true })),
  };
}

/** Beside src/ in a checkout, beside the bundle in dist/: in the nearest folder above this file that has it. */
function findExample(): string {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    const example = join(folder, "examples", "homelab");
    if (existsSync(example)) return example;
    if (folder === dirname(folder)) throw new Error(`no examples/homelab in any folder above ${import.meta.dirname}`);
  }
}
