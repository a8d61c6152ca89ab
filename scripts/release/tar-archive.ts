import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { gzipSync } from "node:zlib";

/** 1980: some programs complain of what is older. */
const modifiedSeconds = 315_532_800;
const block = 512;

/**
 * A folder as `.tar.gz` (POSIX ustar), below another name. Only names, contents and what may be executed count: no times,
 * users, groups, and no order of the disk.
 */
export function tarArchive(folder: string, name: string): Buffer {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name: file }) => relative(folder, join(parentPath, file)).split(sep).join("/"))
    .sort();
  const parts = files.flatMap((file) => entryOf(join(folder, file), `${name}/${file}`));
  const archive = gzipSync(Buffer.concat([...parts, Buffer.alloc(2 * block)]), { level: 9 });
  // The system that it was packed on: none.
  archive[9] = 255;
  return archive;
}

function entryOf(path: string, name: string): readonly Buffer[] {
  const content = readFileSync(path);
  const mode = (statSync(path).mode & 0o100) === 0 ? 0o644 : 0o755;
  return [header(name, mode, content.length), content, Buffer.alloc((block - (content.length % block)) % block)];
}

function header(name: string, mode: number, size: number): Buffer {
  const bytes = Buffer.alloc(block);
  if (Buffer.byteLength(name) > 100) throw new Error(`${name} is too long for an archive`);
  bytes.write(name, 0);
  for (const [at, width, value] of [
    [100, 8, mode],
    [108, 8, 0],
    [116, 8, 0],
    [124, 12, size],
    [136, 12, modifiedSeconds],
  ] as const)
    bytes.write(`${value.toString(8).padStart(width - 1, "0")}\0`, at);
  bytes.write("        0", 148);
  bytes.write("ustar\x0000", 257);
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  bytes.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return bytes;
}
