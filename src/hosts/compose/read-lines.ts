import { createInterface } from "node:readline";
import { PassThrough } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import type { RunningCommand } from "../route.ts";

const lineLimit = 500;

/** What a command writes, line by line, as it comes, without what is only for a terminal. */
export async function* readLines(command: RunningCommand): AsyncGenerator<string, void> {
  const lines = new PassThrough({ objectMode: true });
  for (const stream of [command.output, command.errors])
    createInterface({ input: stream }).on("line", (line) => {
      const text = cleanLine(line);
      if (text.trim() !== "" && lines.writable) lines.write(text);
    });
  void command.ended.then(() => lines.end());
  for await (const line of lines) yield String(line);
}

function cleanLine(line: string): string {
  const text = stripVTControlCharacters(line).replaceAll(/\p{Cc}/gu, " ");
  return text.length > lineLimit ? `${text.slice(0, lineLimit)}…` : text.trimEnd();
}
