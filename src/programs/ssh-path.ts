import { homedir } from "node:os";
import { join, resolve } from "node:path";

/** A path as the value of one of ssh's options, which splits at spaces and fills in what stands behind `%`. */
export function sshPath(path: string): string {
  return `"${absolutePath(path).replaceAll("%", "%%")}"`;
}

/** `~/` is the user's home, as in ssh's own files. */
export function absolutePath(path: string): string {
  return path.startsWith("~/") ? join(homedir(), path.slice(2)) : resolve(path);
}
