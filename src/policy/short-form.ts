import { type Size, sizes } from "../images/size.ts";
import type { Policy, Strategy } from "./policy.ts";

/** What the short form says; `skip` says nothing about the rest. */
export type ShortForm =
  | { readonly kind: "skip" }
  | { readonly kind: "rules"; readonly bump: Size; readonly strategy: Readonly<Record<Size, Strategy>> }
  /** `index` counts from 0 in the text as given. */
  | { readonly kind: "invalid"; readonly problem: string; readonly index: number };

const bumpCharacters: Readonly<Record<Size, string>> = { major: "+", minor: "^", patch: "~", digest: "@" };
const strategyCharacters: Readonly<Record<Strategy, string>> = { push: "!", prompt: "?", notify: "*", skip: "." };

/**
 * `x`, or the largest step and what happens with each size: `^` (notify for all), `^!` (one strategy for all),
 * `^:!!?.` (digest, patch, minor, major; those left out are notify). Specification: updates, section 3.
 */
export function parseShortForm(written: string): ShortForm {
  const start = written.length - written.trimStart().length;
  const text = written.trim();
  if (text.toLowerCase() === "x") return { kind: "skip" };
  const bump = keyOf(bumpCharacters, text[0]);
  if (bump === undefined) {
    const first = text === "" ? "is empty" : `begins with ${quote(text, 0)}`;
    return {
      kind: "invalid",
      index: start,
      problem: `${first}; it must begin with x (skip), + (major), ^ (minor), ~ (patch) or @ (digest)`,
    };
  }
  const isList = text[1] === ":";
  const from = isList ? 2 : 1;
  const most = isList ? sizes.length : 1;
  const chosen: Strategy[] = [];
  for (let index = from; index < text.length; index++) {
    const strategy = keyOf(strategyCharacters, text[index]);
    const problem =
      strategy === undefined
        ? `has ${quote(text, index)} as character ${index + 1}; a strategy is ! (push), ? (prompt), * (notify) or . (skip)`
        : `has too many characters: ${isList ? "four strategies at most follow the colon" : "one strategy for all sizes, or a colon before a strategy for each"}`;
    if (strategy === undefined || chosen.length === most) return { kind: "invalid", index: start + index, problem };
    chosen.push(strategy);
  }
  return { kind: "rules", bump, strategy: isList ? strategyPerSize(chosen) : strategyForAll(chosen[0] ?? "notify") };
}

/** The shortest text that means the same; what only the long form can say is left out. */
export function formatShortForm(policy: Pick<Policy, "skip" | "bump" | "strategy">): string {
  if (policy.skip) return "x";
  const bump = bumpCharacters[policy.bump];
  const chosen = sizes.map((size) => policy.strategy[size]);
  const [first = "notify"] = chosen;
  if (chosen.every((strategy) => strategy === first))
    return first === "notify" ? bump : bump + strategyCharacters[first];
  const characters = chosen.map((strategy) => strategyCharacters[strategy]).join("");
  return `${bump}:${characters.replace(/\*+$/, "")}`;
}

export function strategyForAll(strategy: Strategy): Record<Size, Strategy> {
  return { digest: strategy, patch: strategy, minor: strategy, major: strategy };
}

function strategyPerSize(chosen: readonly Strategy[]): Record<Size, Strategy> {
  const [digest = "notify", patch = "notify", minor = "notify", major = "notify"] = chosen;
  return { digest, patch, minor, major };
}

function keyOf<Key extends Size | Strategy>(
  characters: Readonly<Record<Key, string>>,
  wanted: string | undefined,
): Key | undefined {
  for (const key in characters) if (characters[key] === wanted) return key;
  return undefined;
}

/** The character at the index, whole even when it takes two UTF-16 units. */
function quote(text: string, index: number): string {
  return `\`${String.fromCodePoint(text.codePointAt(index) ?? 0)}\``;
}
