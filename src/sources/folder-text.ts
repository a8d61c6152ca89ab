import { closeSync, constants, fstatSync, openSync, readFileSync, realpathSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { FileText, SourceText } from "../files/source-text.ts";
import { decodeText, refuseSize, textLimitBytes } from "./decode-text.ts";

/**
 * Reads the files under `root`, a real path. Links are followed as long as they stay inside. `isReadable` is asked about
 * the real path from the root, so that no link is a way around it.
 */
export function folderText(root: string, isReadable: (path: string) => boolean): SourceText {
  const known = new Map<string, FileText>();
  return (path) => {
    const answer = known.get(path) ?? readInside(root, path, isReadable);
    known.set(path, answer);
    return answer;
  };
}

function readInside(root: string, path: string, isReadable: (path: string) => boolean): FileText {
  try {
    const written = join(root, path);
    if (!isInside(root, written)) return { kind: "refused", reason: "The path leads out of the folder." };
    const real = realpathSync(written);
    if (!isInside(root, real))
      return {
        kind: "refused",
        reason: "The file is a symbolic link that leads out of the folder; it is not followed.",
      };
    return isReadable(relative(root, real).split(sep).join("/")) ? readLimited(real) : { kind: "missing" };
  } catch (error) {
    return explainReadFailure(error);
  }
}

function isInside(root: string, path: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);
}

function readLimited(path: string): FileText {
  // O_NONBLOCK: opening a pipe that nobody writes to would wait for ever.
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stats = fstatSync(file);
    if (stats.isDirectory()) return { kind: "missing" };
    if (!stats.isFile()) return { kind: "refused", reason: "This is not a regular file." };
    return stats.size > textLimitBytes ? refuseSize(stats.size) : decodeText(readFileSync(file));
  } finally {
    closeSync(file);
  }
}

function explainReadFailure(error: unknown): FileText {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  switch (code) {
    case "ENOENT":
    case "ENOTDIR":
      return { kind: "missing" };
    case "EACCES":
    case "EPERM":
      return { kind: "refused", reason: "The file may not be read by the user Talos runs as." };
    case "ELOOP":
      return { kind: "refused", reason: "The symbolic links lead in a circle." };
    default:
      return { kind: "refused", reason: `The file could not be read: ${String(code ?? error)}.` };
  }
}
