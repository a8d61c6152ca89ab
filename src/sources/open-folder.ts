/**
 * A folder as it is now. In a git work tree only what git does not ignore exists, for listing and for reading: an
 * ignored `.env` is as absent as a deleted one. Nothing outside of the folder is read, not even the rest of the
 * repository it lies in. Nothing here writes.
 */
import { realpath, stat } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { TalosError } from "../talos-error.ts";
import { folderText } from "./folder-text.ts";
import { listWorkTree } from "./list-work-tree.ts";
import type { SourceSnapshot } from "./source-snapshot.ts";
import { walkFolder } from "./walk-folder.ts";

/** A path to a file opens its folder with that one file in it; what the file refers to can be read all the same. */
export async function openFolder(path: string, signal?: AbortSignal): Promise<SourceSnapshot> {
  const { real, isFile } = await locate(path);
  return isFile ? openFile(path, real, signal) : openWhole(path, real, signal);
}

async function openWhole(name: string, root: string, signal: AbortSignal | undefined): Promise<SourceSnapshot> {
  const tracked = await listWorkTree(root, signal);
  const paths = (tracked ?? (await walkFolder(root, signal))).toSorted();
  const readable = new Set(paths);
  return {
    name,
    root,
    paths,
    text: folderText(root, (path) => readable.has(path)),
    isGitWorkTree: tracked !== undefined,
  };
}

async function openFile(name: string, file: string, signal: AbortSignal | undefined): Promise<SourceSnapshot> {
  const root = dirname(file);
  const named = basename(file);
  const tracked = await listWorkTree(root, signal);
  const readable = tracked && new Set([...tracked, named]);
  return {
    name,
    root,
    paths: [named],
    text: folderText(root, (path) => readable?.has(path) ?? true),
    isGitWorkTree: tracked !== undefined,
  };
}

async function locate(path: string): Promise<{ readonly real: string; readonly isFile: boolean }> {
  try {
    const real = await realpath(path);
    const stats = await stat(real);
    if (stats.isFile() || stats.isDirectory()) return { real, isFile: stats.isFile() };
    throw new TalosError("source-unreadable", `${path} is neither a file nor a folder`);
  } catch (cause) {
    if (cause instanceof TalosError) throw cause;
    const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
    if (code === "EACCES" || code === "EPERM")
      throw new TalosError("source-unreadable", `${path} may not be read by the user Talos runs as`, { cause });
    throw new TalosError("target-not-found", `There is no file or folder ${path}`, {
      hint: "A target is a folder, a file, or the URL of a git repository.",
      cause,
    });
  }
}
