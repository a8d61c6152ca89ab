import { readdir, readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** The arguments of `strace` that make it write every program that is started, a file for each process. */
export function recordExecutions(path: string): readonly string[] {
  return ["-ff", "-qq", "-s", "100000", "-e", "trace=execve", "-e", "signal=none", "-o", path];
}

/** The argument lists of all programs that were started. */
export async function readExecutions(path: string): Promise<readonly (readonly string[])[]> {
  const files = (await readdir(dirname(path))).filter((name) => name.startsWith(`${basename(path)}.`));
  const texts = await Promise.all(files.map((name) => readFile(join(dirname(path), name), "utf8")));
  return texts.flatMap((text) =>
    text.split("\n").flatMap((line) => {
      const list = /^execve\(".*", (\[.*\]), 0x[0-9a-f]+ .*\) = 0$/.exec(line)?.[1];
      return list === undefined ? [] : [readWords(list)];
    }),
  );
}

function readWords(list: string): readonly string[] {
  return [...list.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, word = ""]) => word);
}
