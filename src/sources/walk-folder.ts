import { opendir } from "node:fs/promises";
import { join } from "node:path";
import { TalosError } from "../talos-error.ts";

const skippedFolders = new Set([".git", "node_modules"]);
const depthLimit = 32;

/** The files and links below a folder that is no git work tree, in no order. Folders that may not be read are left out. */
export async function walkFolder(root: string, signal?: AbortSignal, fileLimit = 100_000): Promise<readonly string[]> {
  const paths: string[] = [];
  const folders = [{ path: "", depth: 0 }];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    signal?.throwIfAborted();
    for (const entry of await entriesOf(root, folder.path)) {
      const path = folder.path === "" ? entry.name : `${folder.path}/${entry.name}`;
      if (entry.isFile() || entry.isSymbolicLink()) paths.push(path);
      else if (entry.isDirectory() && !skippedFolders.has(entry.name) && folder.depth < depthLimit)
        folders.push({ path, depth: folder.depth + 1 });
    }
    if (paths.length > fileLimit) throw tooManyFiles(root, fileLimit);
  }
  return paths;
}

async function entriesOf(root: string, path: string) {
  try {
    return await Array.fromAsync(await opendir(join(root, path)));
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
    const isDenied = code === "EACCES" || code === "EPERM";
    if (isDenied && path === "")
      throw new TalosError("source-unreadable", `${root} may not be read by the user Talos runs as`, { cause });
    if (isDenied || code === "ENOENT") return [];
    throw cause;
  }
}

function tooManyFiles(root: string, fileLimit: number): TalosError {
  return new TalosError("source-unreadable", `${root} holds more than ${fileLimit.toLocaleString("en")} files`, {
    hint: "Name the folder that holds the compose files, or make it a git repository: ignored files are not read.",
  });
}
