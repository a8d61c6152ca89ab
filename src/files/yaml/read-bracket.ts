import { RE2JS } from "re2js";
import type { StepReading, YamlPathFilter, YamlPathReading, YamlPathStep } from "./yaml-path.ts";

type ParsePath = (text: string) => YamlPathReading;

/**
 * Reads what stands in brackets in a YAML path: an index, a slice, an anchor, a keyword or a filter. What stands before
 * a filter's operator is a path itself, for `parsePath`.
 */
export function readBracket(text: string, open: number, parsePath: ParsePath): StepReading {
  const close = findClosingBracket(text, open);
  if (close === undefined) return { kind: "invalid", index: open, text: "The bracket is not closed; add ]." };
  const step = readContent(text.slice(open + 1, close).trim(), parsePath);
  return typeof step === "string"
    ? { kind: "invalid", index: open, text: step }
    : { kind: "step", step, end: close + 1 };
}

/** Brackets inside, as in `[name=~[a-z]+]`, come in pairs; a quoted word may hold anything. */
function findClosingBracket(text: string, open: number): number | undefined {
  let depth = 0;
  let mayQuote = true;
  for (let index = open; index < text.length; index += 1) {
    const character = text[index] ?? "";
    if (character === "\\") index += 1;
    else if (character === "[") depth += 1;
    else if (character === "]") depth -= 1;
    else if (mayQuote && (character === "'" || character === '"')) {
      index = text.indexOf(character, index + 1);
      if (index === -1) return undefined;
    }
    if (depth === 0) return index;
    if (character !== " ") mayQuote = "[=<>^$%~!(".includes(character);
  }
  return undefined;
}

/** A text is what is wrong. */
function readContent(content: string, parsePath: ParsePath): YamlPathStep | string {
  if (content.startsWith("&") && content.length > 1) return { kind: "anchor", name: content.slice(1) };
  if (/^-?\d+$/.test(content)) return { kind: "index", index: Number(content) };
  const isNegated = content.startsWith("!");
  const positive = isNegated ? content.slice(1).trim() : content;
  const keyword = /^(has_child|max|min|name|parent)\((.*)\)$/.exec(positive);
  if (keyword !== null) return readKeyword(keyword[1] ?? "", unquote((keyword[2] ?? "").trim()), isNegated);
  return readFilter(positive, isNegated, parsePath) ?? readSlice(content) ?? unknownContent(content);
}

function readKeyword(keyword: string, argument: string, isNegated: boolean): YamlPathStep | string {
  if (keyword === "has_child")
    return argument === ""
      ? "has_child needs the name of the child."
      : { kind: "has-child", name: argument, isNegated };
  if (keyword === "max" || keyword === "min") return { kind: "extreme", extreme: keyword, name: argument, isNegated };
  if (isNegated) return `${keyword}() cannot be negated; remove the !.`;
  if (keyword === "name") return { kind: "key-name" };
  if (!/^\d*$/.test(argument)) return "parent takes a number of levels, as in [parent(2)].";
  return { kind: "parent", levels: argument === "" ? 1 : Number(argument) };
}

function readSlice(content: string): YamlPathStep | undefined {
  const match = /^([^:]+):([^:]+)$/.exec(content);
  const [, start = "", end = ""] = match ?? [];
  return match === null ? undefined : { kind: "slice", start: unquote(start.trim()), end: unquote(end.trim()) };
}

function unknownContent(content: string): string {
  return `[${content}] is not understood; write an index, a slice such as [0:2], a filter such as [name=web], or a keyword such as [parent()].`;
}

const filterForm = /^("[^"]*"|'[^']*'|(?:\\.|[^\\=<>^$%!])+)(!?)(==|=~|=|<=|>=|<|>|\^|\$|%)(.*)$/s;

function readFilter(
  content: string,
  isNegatedInFront: boolean,
  parsePath: ParsePath,
): YamlPathStep | string | undefined {
  const match = filterForm.exec(content);
  if (match === null) return undefined;
  const [, operand = "", negation, operator = "", term = ""] = match;
  if (isNegatedInFront && negation === "!") return "A filter is negated once; remove one !.";
  const matches = readTest(operator, unquote(term.trim()));
  if (typeof matches === "string") return matches;
  const isNegated = isNegatedInFront || negation === "!";
  const test = isNegated ? (text: string): boolean => !matches(text) : matches;
  return readOperand(operand.trim(), test, parsePath);
}

function readOperand(operand: string, matches: YamlPathFilter["matches"], parsePath: ParsePath): YamlPathStep | string {
  if (operand === ".") return { kind: "filter", through: [], key: undefined, matches };
  const bare = unquote(operand);
  if (bare !== operand) return { kind: "filter", through: [], key: bare, matches };
  const reading = parsePath(operand);
  if (reading.kind === "invalid") return reading.text;
  const last = reading.path.steps.at(-1);
  if (last?.kind !== "name")
    return `What stands before the operator ends with a key or is a single point; ${operand} does not.`;
  return { kind: "filter", through: reading.path.steps.slice(0, -1), key: last.name, matches };
}

function readTest(operator: string, term: string): ((text: string) => boolean) | string {
  switch (operator) {
    case "=":
    case "==":
      return (text) => text === term;
    case "^":
      return (text) => text.startsWith(term);
    case "$":
      return (text) => text.endsWith(term);
    case "%":
      return (text) => text.includes(term);
    case "=~":
      return readExpression(term);
    default:
      return readComparison(operator, term);
  }
}

function readComparison(operator: string, term: string): ((text: string) => boolean) | string {
  if (!isInteger(term)) return `${operator} compares whole numbers; ${term === "" ? "nothing" : term} is none.`;
  const limit = Number(term);
  const compare = (value: number): boolean => {
    if (operator === "<") return value < limit;
    if (operator === "<=") return value <= limit;
    return operator === ">" ? value > limit : value >= limit;
  };
  return (text) => isInteger(text) && compare(Number(text));
}

/** The texts come from a repository: the expression must run in linear time. */
function readExpression(term: string): ((text: string) => boolean) | string {
  try {
    const expression = RE2JS.compile(term);
    return (text) => expression.matcher(text).find();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `The regular expression is not understood: ${reason}.`;
  }
}

function isInteger(text: string): boolean {
  return /^[-+]?\d+$/.test(text.trim());
}

function unquote(text: string): string {
  const quote = text.at(0);
  const isQuoted = text.length > 1 && (quote === "'" || quote === '"') && text.at(-1) === quote;
  return isQuoted ? text.slice(1, -1) : text;
}
