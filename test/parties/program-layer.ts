import { execFile, spawnSync } from "node:child_process";
import { chmod, mkdir, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { temporaryFolder } from "./temporary-folder.ts";

export interface ProgramLayer {
  /** Where each program of this machine is to be in the image. */
  readonly programs: Readonly<Record<string, string>>;
  /** Files and folders of this machine that are there too. */
  readonly others?: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
  readonly scripts?: Readonly<Record<string, string>>;
}

/** Makes an image of programs of this machine, with the libraries that they are linked to. */
export async function importPrograms(tag: string, layer: ProgramLayer, environment: NodeJS.ProcessEnv): Promise<void> {
  await using folder = await temporaryFolder();
  await folder.write({ "tmp/.keep": "", ...layer.files, ...layer.scripts });
  for (const script of Object.keys(layer.scripts ?? {})) await chmod(join(folder.path, script), 0o755);
  await chmod(join(folder.path, "tmp"), 0o1777);
  for (const [target, program] of Object.entries(layer.programs)) {
    const link = join(folder.path, target);
    await mkdir(dirname(link), { recursive: true });
    await symlink(program, link);
  }
  const libraries = new Set(Object.values(layer.programs).flatMap(librariesOf));
  // Links become what they point to.
  const script = 'folder=$1; tag=$2; shift 2; tar -ch -C "$folder" . -C / "$@" | docker import - "$tag"';
  const paths = [...libraries, ...(layer.others ?? [])].map((path) => path.slice(1));
  await promisify(execFile)("sh", ["-c", script, "import", folder.path, tag, ...paths], { env: environment });
}

/** None, for one that is not linked to any. */
function librariesOf(program: string): readonly string[] {
  const { stdout } = spawnSync("ldd", [program], { encoding: "utf8" });
  return [...stdout.matchAll(/(?:=> |^\s+)(\/\S+) \(0x/gm)].map(([, path = ""]) => path);
}
