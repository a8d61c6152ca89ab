import { parseRepositoryFile } from "../config/repository-file.ts";
import type { RepositoryFile } from "../config/schema.ts";
import type { SourceText } from "../files/source-text.ts";
import { parseYamlPath } from "../files/yaml/yaml-path.ts";
import type { UnreadPlace } from "./read-references.ts";

const repositoryFileName = ".talos.yaml";

/** What a repository says about itself. A faulty file counts for nothing: its faults are told and the defaults hold. */
export function readRepositoryFile(text: SourceText): {
  readonly settings: RepositoryFile;
  readonly problems: readonly UnreadPlace[];
} {
  const file = text(repositoryFileName);
  if (file.kind === "missing") return { settings: {}, problems: [] };
  if (file.kind === "refused") return { settings: {}, problems: [problem(file.reason, undefined, undefined)] };
  const reading = parseRepositoryFile(file.text, repositoryFileName, checkYamlPath);
  if (reading.kind === "valid") return { settings: reading.settings, problems: [] };
  return { settings: {}, problems: reading.problems.map(({ text, line, column }) => problem(text, line, column)) };
}

/** What is wrong with a YAML path, to follow its setting's name. */
export function checkYamlPath(text: string): string | undefined {
  const parsed = parseYamlPath(text);
  return parsed.kind === "valid" ? undefined : `is not a YAML path: character ${parsed.index + 1}: ${parsed.text}`;
}

function problem(text: string, line: number | undefined, column: number | undefined): UnreadPlace {
  return { kind: "yaml", file: repositoryFileName, line, column, text };
}
