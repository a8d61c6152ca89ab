import { findInCompose } from "../files/compose/find-in-compose.ts";
import type { ComposeInclude } from "../files/compose/list-includes.ts";
import { findInDockerfile } from "../files/dockerfile/find-in-dockerfile.ts";
import { findInEnv } from "../files/env/find-in-env.ts";
import type { FileFindings, FileKind, FileProblem, FoundReference } from "../files/found-reference.ts";
import { holdSharedPlaces } from "../files/hold-shared-places.ts";
import type { SourceText } from "../files/source-text.ts";
import { findInYaml } from "../files/yaml/find-in-yaml.ts";
import type { FileRule } from "./file-rules.ts";

export interface SourceReading {
  /** In the order of the paths, and within a file in its own order. */
  readonly references: readonly RuledReference[];
  readonly problems: readonly UnreadPlace[];
  readonly fileCount: number;
}

interface RuledReference {
  readonly found: FoundReference;
  readonly rule: FileRule;
}

export type UnreadPlace = FileProblem & { readonly kind: FileKind };

export interface ReadableSource {
  readonly paths: readonly string[];
  readonly text: SourceText;
}

/** What one file holds, each reference with the rule it was found by. */
export interface FileReading {
  readonly path: string;
  readonly references: readonly RuledReference[];
  readonly problems: readonly UnreadPlace[];
}

/** Finds all references of a source. */
export function readReferences(source: ReadableSource, rules: readonly FileRule[]): SourceReading {
  return combineReadings([...readFiles(source, rules)]);
}

/**
 * Reads file by file, so that the caller can do other things in between. A file is read as the first kind that a rule
 * makes it; YAML rules add up; an included file under a name that no rule knows is read as its including file says.
 */
export function* readFiles({ paths, text }: ReadableSource, rules: readonly FileRule[]): Generator<FileReading> {
  const ruleFor = (path: string) => rules.find((rule) => rule.matches(path));
  const included = new Set<string>();
  function* readCompose(path: string, rule: FileRule, context?: ComposeInclude): Generator<FileReading> {
    const findings = findInCompose(path, text, context);
    yield toReading(path, rule, findings);
    for (const include of findings.includes) {
      if (included.has(include.path) || ruleFor(include.path)?.kind === "compose") continue;
      // What cannot be read is told where it is included.
      if (text(include.path).kind !== "text") continue;
      included.add(include.path);
      yield* readCompose(include.path, rule, include);
    }
  }
  for (const path of paths) {
    const rule = ruleFor(path);
    switch (rule?.kind) {
      case undefined:
        break;
      case "compose":
        yield* readCompose(path, rule);
        break;
      case "dockerfile":
        yield toReading(path, rule, findInDockerfile(path, text));
        break;
      case "env":
        yield toReading(path, rule, findInEnv(path, text));
        break;
      case "yaml":
        for (const one of rules)
          if (one.yaml !== undefined && one.matches(path))
            yield toReading(path, one, findInYaml(path, text, [one.yaml]));
    }
  }
}

/** Each reference and each problem once, and texts that different images share held (specification, section 4). */
export function combineReadings(readings: readonly FileReading[]): SourceReading {
  const references = new Map<string, RuledReference>();
  const problems = new Map<string, UnreadPlace>();
  for (const reading of readings) {
    for (const one of reading.references) {
      const key = `${one.found.file}#${one.found.pointer}`;
      if (!references.has(key)) references.set(key, one);
    }
    for (const problem of reading.problems)
      problems.set(`${problem.file}:${problem.line}:${problem.column}:${problem.text}`, problem);
  }
  const ruled = [...references.values()];
  const held = holdSharedPlaces(ruled.map(({ found }) => found));
  return {
    references: ruled.map(({ found, rule }, index) => ({ found: held[index] ?? found, rule })),
    problems: [...problems.values()],
    fileCount: new Set(readings.map(({ path }) => path)).size,
  };
}

function toReading(path: string, rule: FileRule, { references, problems }: FileFindings): FileReading {
  return {
    path,
    references: references.map((found) => ({ found, rule })),
    problems: problems.map((problem) => ({ kind: rule.kind, ...problem })),
  };
}
