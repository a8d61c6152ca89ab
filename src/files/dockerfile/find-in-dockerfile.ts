/**
 * Finds the images of a Dockerfile by BuildKit's grammar: `FROM`, `COPY --from`, `RUN --mount=from` and, when it has
 * opted in, `# syntax=`. Variables are those of ARGs before the first FROM, with their defaults; the edit goes to the
 * default. A stage's name or number is never an image.
 *
 * The policy stands in comments directly below the instruction, heredocs included. An image that an ARG makes may have
 * it directly below the ARG instead; what stands below the FROM comes first.
 *
 * Pointers: `stages.<name>`, or `stages.<number>` from 0 for a stage without a name or with a name that an earlier one
 * has, and below that `.copy.<n>` and `.mount.<n>`, counting the images only; `syntax`. It never runs or builds anything.
 */
import type { WrittenPolicy } from "../../policy/setting.ts";
import type { FileFindings, FileProblem, FoundReference } from "../found-reference.ts";
import { holdSharedPlaces } from "../hold-shared-places.ts";
import { indexLines } from "../line-index.ts";
import { readPolicyComments } from "../policy-comment.ts";
import type { SourceText } from "../source-text.ts";
import { type BuildArguments, readBuildArguments } from "./build-arguments.ts";
import { type Expansion, placeWord, shortenWord, textOf } from "./expand-word.ts";
import { listImageFlags } from "./list-image-flags.ts";
import type { MappedText } from "./mapped-text.ts";
import { type Instruction, readInstructions } from "./read-instructions.ts";
import { isStage, readStages, type Stage } from "./read-stages.ts";

export function findInDockerfile(path: string, sourceText: SourceText): FileFindings {
  const file = sourceText(path);
  if (file.kind !== "text") {
    const text = file.kind === "missing" ? "The file is not there." : file.reason;
    return { references: [], problems: [{ file: path, line: undefined, column: undefined, text }] };
  }
  const { instructions, directives, problems } = readInstructions(file.text);
  const firstFrom = instructions.findIndex(({ keyword }) => keyword === "FROM");
  const preamble = firstFrom === -1 ? instructions : instructions.slice(0, firstFrom);
  const buildArguments = readBuildArguments(
    preamble.filter(({ keyword }) => keyword === "ARG"),
    { file: path, lines: indexLines(file.text), escape: directives.escape },
  );
  const { stages, names, problems: stageProblems } = readStages(instructions, buildArguments);
  const search: Search = { path, stageNames: names, buildArguments };
  const syntax = directives.syntax === undefined ? [] : findSyntax(directives.syntax, search);
  const references = [...syntax, ...stages.flatMap((stage) => findInStage(stage, search))];
  const misplaced = findMisplaced(preamble, firstFrom !== -1);
  return {
    references: holdSharedPlaces(references),
    problems: [...problems, ...misplaced, ...stageProblems].map(
      ({ line, text }): FileProblem => ({ file: path, line, column: 1, text }),
    ),
  };
}

interface Search {
  readonly path: string;
  readonly stageNames: ReadonlySet<string>;
  readonly buildArguments: BuildArguments;
}

function findInStage(stage: Stage, search: Search): readonly FoundReference[] {
  const pointer = pointerOf(stage);
  const name = stage.name ?? nameOfFile(search.path);
  const found: FoundReference[] = [];
  if (stage.image !== undefined) {
    const { word, expansion } = stage.image;
    const policy = policyBelow(stage.from) ?? policyOfOwner(expansion, search.buildArguments);
    found.push(makeReference({ pointer, name, word, expansion, policy }, search));
  }
  const counts = { copy: 0, mount: 0 };
  for (const instruction of stage.instructions)
    for (const { kind, value } of listImageFlags(instruction)) {
      if (value.text === "" || value.text === "scratch" || isStage(value.text, search.stageNames)) continue;
      const place = { pointer: `${pointer}.${kind}.${counts[kind]}`, name, word: value };
      const expansion = expandFlag(value, search.buildArguments);
      found.push(makeReference({ ...place, expansion, policy: policyBelow(instruction) }, search));
      counts[kind] += 1;
    }
  return found;
}

function pointerOf({ name, isNameTaken, number }: Stage): string {
  if (name === undefined || isNameTaken) return `stages.${number}`;
  return /^[\w-]+$/.test(name) ? `stages.${name}` : `stages["${name}"]`;
}

function nameOfFile(path: string): string {
  const parts = path.split("/");
  return parts.at(-2) ?? path;
}

function policyBelow({ comments }: Pick<Instruction, "comments">): WrittenPolicy | undefined {
  return readPolicyComments(comments).policy;
}

function policyOfOwner(expansion: Expansion, { policies }: BuildArguments): WrittenPolicy | undefined {
  if (expansion.kind === "unresolved") return undefined;
  const owners = expansion.segments.map(({ place }) => place.owner ?? "");
  return owners.map((owner) => policies.get(owner)).find((policy) => policy !== undefined);
}

/** BuildKit expands no variables here. */
function expandFlag(value: MappedText, { scope }: BuildArguments): Expansion {
  if (!value.text.includes("$")) return { kind: "resolved", segments: placeWord(value, scope) };
  const image = shortenWord(value.text);
  const text = `${image} holds a variable, which is not replaced here: add a stage FROM ${image} AS name above and take the files from it.`;
  return { kind: "unresolved", text, before: "" };
}

interface FoundImage {
  readonly pointer: string;
  readonly name: string;
  readonly word: MappedText;
  readonly expansion: Expansion;
  readonly policy: WrittenPolicy | undefined;
}

function makeReference(found: FoundImage, { path, buildArguments }: Search): FoundReference {
  const { pointer, name, word, expansion, policy } = found;
  const segments = expansion.kind === "resolved" ? expansion.segments : [];
  const image = textOf(segments);
  const unresolved = expansion.kind === "unresolved" ? expansion.text : undefined;
  const why =
    unresolved ??
    (image === "" ? `${shortenWord(word.text)} comes to nothing: give the variable a default.` : undefined);
  return {
    kind: "dockerfile",
    file: path,
    pointer,
    line: buildArguments.scope.lines.lineAt(word.offsets[0] ?? 0),
    name,
    image: why === undefined ? image : word.text,
    written: word.text,
    policy,
    isBuiltHere: false,
    segments: why === undefined ? segments : [],
    obstacle: why === undefined ? undefined : { code: "unresolved-variable", text: why },
    warnings: [],
  };
}

/** Nobody minds the image that reads the file until someone says so. */
function findSyntax(
  { image, comments }: { readonly image: MappedText; readonly comments: Instruction["comments"] },
  search: Search,
): readonly FoundReference[] {
  const policy = policyBelow({ comments });
  if (policy === undefined) return [];
  const expansion: Expansion = { kind: "resolved", segments: placeWord(image, search.buildArguments.scope) };
  return [makeReference({ pointer: "syntax", name: nameOfFile(search.path), word: image, expansion, policy }, search)];
}

function findMisplaced(preamble: readonly Instruction[], hasFrom: boolean): readonly { line: number; text: string }[] {
  if (!hasFrom) return [{ line: 1, text: "There is no FROM; correct the file, or exclude it from the Dockerfiles." }];
  return preamble
    .filter(({ keyword }) => keyword !== "ARG")
    .slice(0, 1)
    .map(({ keyword, line }) => ({
      line,
      text: `${keyword.slice(0, 40)} stands before the first FROM, where only ARG may; move it below.`,
    }));
}
