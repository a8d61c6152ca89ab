import { checkSettings } from "./check-settings.ts";
import { checkGlobs, type YamlPathCheck } from "./checks/cross-checks.ts";
import { type ConfigRemark, type ConfigSource, withSource } from "./config-node.ts";
import { readYaml } from "./formats/read-yaml.ts";
import { type RepositoryFile, repositoryFileSchema } from "./schema.ts";

export type RepositoryFileReading =
  | { readonly kind: "valid"; readonly settings: RepositoryFile }
  | { readonly kind: "invalid"; readonly problems: readonly RepositoryFileProblem[] };

interface RepositoryFileProblem {
  readonly line: number;
  readonly column: number;
  readonly text: string;
}

/**
 * `.talos.yaml` at the root of a repository: Glob, OptIn and Defaults, as in the repository's section of the
 * configuration, which wins over it. It comes from the repository, so it cannot name files of this machine.
 */
export function parseRepositoryFile(
  text: string,
  path: string,
  checkYamlPath: YamlPathCheck = () => undefined,
): RepositoryFileReading {
  const reading = readYaml(text.replace(/^\uFEFF/, ""));
  if (reading.kind === "invalid") {
    return { kind: "invalid", problems: reading.problems.map((problem) => ({ ...problem.at, text: problem.text })) };
  }
  const { setting } = reading;
  if (setting.kind !== "map")
    return { kind: "invalid", problems: [{ ...setting.at, text: "must hold Glob, OptIn or Defaults" }] };
  const source: ConfigSource = { kind: "file", name: path, hasLines: true };
  const checked = checkSettings(withSource(setting, source), repositoryFileSchema, () => ({
    problem: "cannot be read from a file here: this file belongs to the repository",
  }));
  const faults = [...checked.faults, ...checkGlobs(checked.shaped, [], checked.given, checkYamlPath)];
  if (faults.length > 0 || checked.value === undefined) return { kind: "invalid", problems: faults.map(toProblem) };
  return { kind: "valid", settings: checked.value };
}

function toProblem({ where, text, from }: ConfigRemark): RepositoryFileProblem {
  return { line: from?.at.line ?? 1, column: from?.at.column ?? 1, text: `${where}: ${text}` };
}
