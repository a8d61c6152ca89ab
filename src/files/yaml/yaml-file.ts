import type { FileProblem } from "../found-reference.ts";
import type { LineIndex } from "../line-index.ts";

export interface YamlFile {
  readonly path: string;
  readonly text: string;
  readonly lines: LineIndex;
}

export function problemAt(file: YamlFile, offset: number, text: string): FileProblem {
  return { file: file.path, ...file.lines.positionAt(offset), text };
}
