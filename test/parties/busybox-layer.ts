import { execFile } from "node:child_process";
import { copyFile, symlink } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { programPath } from "./find-program.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const applets = [
  "sh",
  "sleep",
  "cat",
  "echo",
  "env",
  "true",
  "false",
  "ls",
  "test",
  "touch",
  "tail",
  "kill",
  "hostname",
];

/** A file system for containers, as a tar archive: busybox, and a file `/content`. */
export async function busyboxLayer(content: string): Promise<Buffer> {
  await using folder = await temporaryFolder();
  await folder.write({ "bin/.keep": "", content });
  await copyFile(programPath("busybox"), join(folder.path, "bin/busybox"));
  for (const applet of applets) await symlink("busybox", join(folder.path, "bin", applet));
  const options = { encoding: "buffer", maxBuffer: 64 * 1024 * 1024 } as const;
  return (await promisify(execFile)("tar", ["-C", folder.path, "-c", "."], options)).stdout;
}
