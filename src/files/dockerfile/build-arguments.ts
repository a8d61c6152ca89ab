import type { WrittenPolicy } from "../../policy/setting.ts";
import type { LineIndex } from "../line-index.ts";
import { readPolicyComments } from "../policy-comment.ts";
import { type Expansion, expandWord, type WordScope } from "./expand-word.ts";
import { sliceMapped } from "./mapped-text.ts";
import type { Instruction } from "./read-instructions.ts";
import { splitWords } from "./split-words.ts";

/** What the ARGs before the first FROM say; FROM sees no others. */
export interface BuildArguments {
  readonly scope: WordScope;
  /** The policy that stands below the ARG of that name. */
  readonly policies: ReadonlyMap<string, WrittenPolicy>;
}

const givenByBuilder = /^(?:TARGET|BUILD)(?:PLATFORM|OS|ARCH|VARIANT)$|^TARGETSTAGE$/;

interface FileScope {
  readonly file: string;
  readonly lines: LineIndex;
  readonly escape: string;
}

export function readBuildArguments(instructions: readonly Instruction[], fileScope: FileScope): BuildArguments {
  const values = new Map<string, Expansion>();
  const unset = new Map<string, number>();
  const policies = new Map<string, WrittenPolicy>();
  const scope: WordScope = {
    ...fileScope,
    owner: undefined,
    valueOf: (name) => values.get(name) ?? (givenByBuilder.test(name) ? unknownUntilBuilt(name) : undefined),
    explainUnset: (name) => explainUnset(name, unset.get(name)),
  };
  for (const { rest, line, comments } of instructions) {
    const { policy } = readPolicyComments(comments);
    for (const word of splitWords(rest, fileScope.escape).words) {
      const equals = word.text.indexOf("=");
      const name = equals === -1 ? word.text : word.text.slice(0, equals);
      if (policy !== undefined) policies.set(name, policy);
      if (equals === -1) unset.set(name, line);
      else values.set(name, expandWord(sliceMapped(word, equals + 1), { ...scope, owner: name }));
    }
  }
  return { scope, policies };
}

function unknownUntilBuilt(name: string): Expansion {
  const text = `${name} is known only to the builder, for each platform it builds for: write the image without it.`;
  return { kind: "unresolved", text, before: "" };
}

function explainUnset(name: string, line: number | undefined): string {
  return line === undefined
    ? `${name} is not set before the first FROM: add ARG ${name}=… there.`
    : `ARG ${name} in line ${line} has no default: write one, as in ARG ${name}=1.2.`;
}
