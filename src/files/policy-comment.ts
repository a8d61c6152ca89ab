/**
 * The policy that stands in comments directly below an image, in Dockerfiles and `.env` files:
 *
 *     # !talos bump=minor strategy.digest=push
 *     # !talos sync.role=parent sync.group=my-group sync.children=web,worker
 *     # !tl ^:!!?
 *
 * `readPolicyComments` takes the lines below the image, as many as there are, and says how many of them it read: the
 * first line of another kind ends the block. It builds settings and judges nothing: names and values are checked where
 * every other policy is, in `src/policy`. Dotted keys become maps; of a key written twice the last counts.
 */
import type { Position, Setting, SettingEntry, WrittenPolicy } from "../policy/setting.ts";

/** `text` is the whole line with its indentation and without its end; `line` counts from 1. */
export interface CommentLine {
  readonly text: string;
  readonly line: number;
}

export interface PolicyComments {
  /** undefined: no policy comment stands there. */
  readonly policy: WrittenPolicy | undefined;
  /** How many of the lines belong to it. */
  readonly lineCount: number;
}

export function readPolicyComments(lines: readonly CommentLine[]): PolicyComments {
  const comments: PolicyComment[] = [];
  for (const line of lines) {
    const comment = readPolicyComment(line);
    if (comment === undefined) break;
    comments.push(comment);
  }
  if (comments.length === 0) return { policy: undefined, lineCount: 0 };
  return { policy: { long: readLongForm(comments), short: readShortForm(comments) }, lineCount: comments.length };
}

interface PolicyComment {
  readonly form: "long" | "short";
  /** What follows the word `!talos` or `!tl`. */
  readonly rest: string;
  readonly start: Position;
  readonly restAt: Position;
}

function readPolicyComment({ text, line }: CommentLine): PolicyComment | undefined {
  const match = /^(\s*#\s*)(!talos|!tl)(?=\s|$)/i.exec(text);
  if (match === null) return undefined;
  const [whole, lead = "", word = ""] = match;
  return {
    form: word.toLowerCase() === "!tl" ? "short" : "long",
    rest: text.slice(whole.length),
    start: { line, column: lead.length + 1 },
    restAt: { line, column: whole.length + 1 },
  };
}

function readShortForm(comments: readonly PolicyComment[]): Setting | undefined {
  const scalars = comments
    .filter((comment) => comment.form === "short")
    .map(({ rest, restAt }): Setting => {
      const blanks = /^\s*/.exec(rest)?.[0].length ?? 0;
      const text = rest.replace(/(^|\s)#.*$/, "").trim();
      return { kind: "scalar", text, at: { line: restAt.line, column: restAt.column + blanks } };
    });
  const [first] = scalars;
  // A policy has one short form. Two stay a list, which the policy's reader refuses with its reason.
  return first === undefined || scalars.length === 1 ? first : { kind: "list", items: scalars, at: first.at };
}

function readLongForm(comments: readonly PolicyComment[]): Setting | undefined {
  const long = comments.filter((comment) => comment.form === "long");
  const [first] = long;
  if (first === undefined) return undefined;
  const entries = long
    .flatMap(readPairs)
    .reduce<readonly SettingEntry[]>((known, pair) => withPair(known, pair.key.split("."), pair), []);
  return { kind: "map", entries, at: first.start };
}

interface Pair {
  readonly key: string;
  readonly at: Position;
  readonly value: Setting;
}

/** A word without `=` is a key without a value: the policy's reader says what it thinks of it. */
function readPairs({ rest, restAt }: PolicyComment): readonly Pair[] {
  const pairs: Pair[] = [];
  const pattern = /\s+(?:#.*|([^\s=]*)(?:(=)("(?:[^"\\]|\\.)*"(?!\S)|'[^']*'(?!\S)|\S*))?)/gy;
  for (const match of rest.matchAll(pattern)) {
    const [whole, key, equals, written = ""] = match;
    if (key === undefined || (key === "" && equals === undefined)) continue;
    const valueEnd = restAt.column + match.index + whole.length;
    const valueAt = { line: restAt.line, column: valueEnd - written.length };
    const at = { line: restAt.line, column: valueAt.column - (equals?.length ?? 0) - key.length };
    pairs.push({ key, at, value: readValue(key, written, valueAt) });
  }
  return pairs;
}

function readValue(key: string, written: string, at: Position): Setting {
  const text = unquote(written);
  const isQuoted = text !== written;
  if (!mayBeList(key, text, isQuoted)) return { kind: "scalar", text, at };
  const items: Setting[] = [];
  let column = at.column + (isQuoted ? 1 : 0);
  for (const part of text.split(",")) {
    const item = part.trim();
    const blanks = part.length - part.trimStart().length;
    if (item !== "") items.push({ kind: "scalar", text: item, at: { line: at.line, column: column + blanks } });
    column += part.length + 1;
  }
  return { kind: "list", items, at };
}

/** Children are always a list. A tag rule may hold a comma itself, in a pattern or in quotes. */
function mayBeList(key: string, text: string, isQuoted: boolean): boolean {
  const name = key.toLowerCase();
  if (name === "sync.children") return true;
  return (name === "allow" || name === "ignore") && text.includes(",") && !isQuoted && !text.startsWith("/");
}

function unquote(written: string): string {
  const quote = written.at(0);
  if (written.length < 2 || quote !== written.at(-1)) return written;
  if (quote === "'") return written.slice(1, -1);
  return quote === '"' ? written.slice(1, -1).replaceAll(/\\(["\\])/g, "$1") : written;
}

function withPair(entries: readonly SettingEntry[], path: readonly string[], pair: Pair): readonly SettingEntry[] {
  const [key = "", ...inner] = path;
  const known = entries.find((entry) => entry.key.toLowerCase() === key.toLowerCase());
  const others = entries.filter((entry) => entry !== known);
  if (inner.length === 0) return [...others, { key, keyAt: pair.at, value: pair.value }];
  const map = known?.value.kind === "map" ? known.value : undefined;
  const value: Setting = { kind: "map", entries: withPair(map?.entries ?? [], inner, pair), at: map?.at ?? pair.at };
  return [...others, { key: known?.key ?? key, keyAt: known?.keyAt ?? pair.at, value }];
}
