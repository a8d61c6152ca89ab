import type { BuildArguments } from "./build-arguments.ts";
import { type Expansion, expandWord, shortenWord, textOf } from "./expand-word.ts";
import type { MappedText } from "./mapped-text.ts";
import type { DockerfileProblem, Instruction } from "./read-instructions.ts";
import { splitFlags } from "./split-flags.ts";

export interface Stage {
  /** From 0. */
  readonly number: number;
  readonly name: string | undefined;
  /** An earlier stage has the name, in whatever case. */
  readonly isNameTaken: boolean;
  readonly from: Instruction;
  /** undefined: nothing to follow, because it is another stage, `scratch`, or not understood. */
  readonly image: StageImage | undefined;
  /** What follows up to the next FROM. */
  readonly instructions: Instruction[];
}

interface StageImage {
  readonly word: MappedText;
  readonly expansion: Expansion;
}

export interface ReadStages {
  readonly stages: readonly Stage[];
  /** In small letters. */
  readonly names: ReadonlySet<string>;
  readonly problems: readonly DockerfileProblem[];
}

/** A FROM that cannot be understood still counts as a stage, so that the numbers of the others stay. */
export function readStages(instructions: readonly Instruction[], buildArguments: BuildArguments): ReadStages {
  const stages: Stage[] = [];
  const problems: DockerfileProblem[] = [];
  const names = new Set<string>();
  for (const instruction of instructions) {
    if (instruction.keyword !== "FROM") {
      stages.at(-1)?.instructions.push(instruction);
      continue;
    }
    const words = blankSeparated(splitFlags(instruction.rest).rest);
    const [word] = words;
    const fault = findFault(words);
    if (fault !== undefined) problems.push({ line: instruction.line, text: fault });
    const name = fault === undefined ? words[2]?.text : undefined;
    const image = word === undefined || fault !== undefined ? undefined : readImage(word, names, buildArguments);
    const isNameTaken = name !== undefined && names.has(name.toLowerCase());
    stages.push({ number: stages.length, name, isNameTaken, from: instruction, image, instructions: [] });
    if (name !== undefined) names.add(name.toLowerCase());
  }
  return { stages, names, problems };
}

/** Whether a stage is meant: by its name, in any case, or by its number. */
export function isStage(text: string, names: ReadStages["names"]): boolean {
  return /^\d+$/.test(text) || names.has(text.toLowerCase());
}

function blankSeparated({ text, offsets }: MappedText): readonly MappedText[] {
  return [...text.matchAll(/\S+/g)].map(({ index, 0: word }) => ({
    text: word,
    offsets: offsets.slice(index, index + word.length),
  }));
}

function findFault(words: readonly MappedText[]): string | undefined {
  const [image, as, name] = words;
  if (image === undefined) return "FROM names no image; write one behind it.";
  if (words.some(({ text }) => text.startsWith("#")))
    return "A comment stands behind the image; Dockerfiles have comments on lines of their own only.";
  if (words.length !== 1 && (words.length !== 3 || as?.text.toUpperCase() !== "AS"))
    return `FROM ${shortenWord(words.map(({ text }) => text).join(" "))} is not understood; write FROM image or FROM image AS name.`;
  if (name !== undefined && !/^[a-z][a-z0-9_.-]*$/i.test(name.text))
    return `${shortenWord(name.text)} cannot name a stage; begin with a letter, then letters, digits, _, . or -.`;
  return undefined;
}

function readImage(word: MappedText, earlier: ReadStages["names"], { scope }: BuildArguments): StageImage | undefined {
  const expansion = expandWord(word, scope);
  if (expansion.kind === "unresolved") {
    // FROM base-${TARGETARCH} chooses among stages such as base-amd64.
    const before = expansion.before.toLowerCase();
    const mayBeStage = before !== "" && earlier.values().some((name) => name.startsWith(before));
    return mayBeStage ? undefined : { word, expansion };
  }
  const image = textOf(expansion.segments);
  return image === "scratch" || isStage(image, earlier) ? undefined : { word, expansion };
}
