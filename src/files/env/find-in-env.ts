/**
 * Finds the images of a `.env` file that have opted in: a variable with a policy comment directly below its line. Others
 * are only texts, of which nobody said that they name images. The pointer is the variable; of a name that is set twice
 * the last counts, as for Compose.
 */
import type { WrittenPolicy } from "../../policy/setting.ts";
import type { FileFindings, FileProblem, FoundReference } from "../found-reference.ts";
import { holdSharedPlaces } from "../hold-shared-places.ts";
import { joinSegments, type Resolution } from "../interpolation/variables.ts";
import { type CommentLine, readPolicyComments } from "../policy-comment.ts";
import type { SourceText } from "../source-text.ts";
import { type EnvAssignment, parseEnv } from "./parse-env.ts";
import { readVariables } from "./read-variables.ts";

export function findInEnv(path: string, sourceText: SourceText): FileFindings {
  const file = sourceText(path);
  if (file.kind !== "text") {
    const text = file.kind === "refused" ? file.reason : "The file is not there.";
    return { references: [], problems: [{ file: path, line: undefined, column: undefined, text }] };
  }
  const env = parseEnv(path, file.text);
  if (env.kind === "invalid") {
    const { line, column, text } = env;
    return { references: [], problems: [{ file: path, line, column, text }] };
  }
  const lines = file.text.split("\n").map((text, index) => ({ text, line: index + 1 }));
  const variables = readVariables([path], sourceText);
  const lastByName = new Map(env.assignments.map((assignment) => [assignment.name, assignment]));

  const references: FoundReference[] = [];
  const problems: FileProblem[] = [];
  for (const assignment of env.assignments) {
    const policy = policyBelow(lines, assignment);
    if (policy === undefined) continue;
    const last = lastByName.get(assignment.name);
    const value = variables.valueOf(assignment.name);
    if (last !== assignment) problems.push(setAgain(path, assignment, last));
    else if (value !== undefined) references.push(toReference({ path, assignment, policy, value }));
  }
  return { references: holdSharedPlaces(references), problems };
}

function policyBelow(lines: readonly CommentLine[], { lastLine }: EnvAssignment): WrittenPolicy | undefined {
  // Only the comments themselves are handed over: a file of many lines is not copied for each of them.
  const below: CommentLine[] = [];
  for (let index = lastLine; lines[index]?.text.trimStart().startsWith("#"); index += 1) {
    const line = lines[index];
    if (line !== undefined) below.push(line);
  }
  return readPolicyComments(below).policy;
}

function setAgain(file: string, { name, line }: EnvAssignment, last: EnvAssignment | undefined): FileProblem {
  const text = `${name} has a policy here, but is set again on line ${last?.line}, which counts: keep one of them.`;
  return { file, line, column: undefined, text };
}

interface AnnotatedVariable {
  readonly path: string;
  readonly assignment: EnvAssignment;
  readonly policy: WrittenPolicy;
  readonly value: Resolution;
}

function toReference({ path, assignment, policy, value }: AnnotatedVariable): FoundReference {
  const isKnown = value.kind === "resolved";
  return {
    kind: "env",
    file: path,
    pointer: assignment.name,
    line: assignment.line,
    name: assignment.name,
    image: isKnown ? joinSegments(value.segments) : assignment.value.text,
    written: assignment.value.text,
    policy,
    isBuiltHere: false,
    segments: isKnown ? value.segments : [],
    obstacle: isKnown ? undefined : { code: "unresolved-variable", text: value.text },
    warnings: [],
  };
}
