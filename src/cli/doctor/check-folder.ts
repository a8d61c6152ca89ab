import { constants } from "node:fs";
import { access, stat, statfs } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { type Finding, fails, notes, passes } from "./finding.ts";

const mebibyte = 1024 * 1024;
/** Less than that, and the next clone or write fails; less than the other, and somebody should look. */
const needed = 50 * mebibyte;
const comfortable = 500 * mebibyte;

/** A folder Talos keeps things in: there or can be made, writable, with room. Nothing is made here. */
export async function checkFolder(name: string, path: string): Promise<Finding> {
  const folder = resolve(path);
  const nearest = await findNearest(folder);
  if (!nearest.isFolder) return fails(name, `${nearest.path} is no folder`, "remove it, or name another folder");
  if (!(await isWritable(nearest.path)))
    return fails(name, `${nearest.path} may not be written by this user`, `chown it, or name another folder`);
  const { bavail, bsize } = await statfs(nearest.path);
  const free = bavail * bsize;
  const room = `${formatSize(free)} free`;
  if (free < needed) return fails(name, `${folder} is nearly full: ${room}`, "make room, or name another folder");
  if (free < comfortable) return notes(name, `${folder} has little room: ${room}`);
  return passes(name, nearest.path === folder ? `${folder}, ${room}` : `${folder} will be made, ${room}`);
}

/** The folder itself, or the lowest one above it that is there. */
async function findNearest(path: string): Promise<{ readonly path: string; readonly isFolder: boolean }> {
  try {
    return { path, isFolder: (await stat(path)).isDirectory() };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT" || code === "ENOTDIR") return findNearest(dirname(path));
    return { path, isFolder: code === "EACCES" };
  }
}

async function isWritable(path: string): Promise<boolean> {
  return access(path, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
}

function formatSize(bytes: number): string {
  const gibibytes = bytes / (1024 * mebibyte);
  return gibibytes >= 1 ? `${gibibytes.toFixed(gibibytes < 10 ? 1 : 0)} GiB` : `${Math.floor(bytes / mebibyte)} MiB`;
}
