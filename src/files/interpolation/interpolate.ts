/**
 * Replaces variables as Compose does: `$NAME`, `${NAME}`, and in braces `:-` and `-` (default), `:?` and `?` (required), `:+`
 * and `+` (instead), each of them nested at will; `$$` is a dollar sign. With the colon an empty value counts as unset.
 *
 * Compose turns a variable that is set nowhere into nothing and warns. Here it is unresolved: whoever starts the project
 * may well have it in the environment, which a source does not show and this program does not look at.
 */
import type { ImageSegment } from "../found-reference.ts";
import { type PlacedText, segmentOf, wholeSegment } from "../placed-text.ts";
import { joinSegments, type Resolution, type Variables } from "./variables.ts";

/** No image is made of more; values that double from line to line stop here. */
const maxSegments = 64;
const maxDepth = 16;

export function interpolate(placed: PlacedText, variables: Variables): Resolution {
  if (!placed.text.includes("$")) return { kind: "resolved", segments: [wholeSegment(placed)] };
  if (!placed.isVerbatim)
    return unresolved(`\`${placed.noted}\` mixes variables with escapes or several lines: write it in one plain line.`);
  return interpolatePart(placed, { from: 0, to: placed.text.length, depth: 0 }, variables);
}

interface Part {
  readonly from: number;
  readonly to: number;
  readonly depth: number;
}

function interpolatePart(placed: PlacedText, part: Part, variables: Variables): Resolution {
  if (part.depth > maxDepth) return unresolved(`A default is nested more than ${maxDepth} times: write it plainer.`);
  const segments: ImageSegment[] = [];
  let at = part.from;
  while (at < part.to) {
    const dollar = placed.text.indexOf("$", at);
    const literalEnd = dollar === -1 || dollar >= part.to ? part.to : dollar;
    if (literalEnd > at) segments.push(segmentOf(placed, at, literalEnd));
    if (literalEnd === part.to) break;
    const piece = readDollar(placed, { ...part, from: dollar }, variables);
    if (piece.kind === "unresolved") return piece;
    segments.push(...piece.segments);
    if (segments.length > maxSegments)
      return unresolved(`More than ${maxSegments} pieces make up this text: use fewer variables.`);
    at = piece.end;
  }
  return { kind: "resolved", segments };
}

type Piece =
  | { readonly kind: "resolved"; readonly segments: readonly ImageSegment[]; readonly end: number }
  | Extract<Resolution, { kind: "unresolved" }>;

/** `part.from` is at a dollar sign. */
function readDollar(placed: PlacedText, part: Part, variables: Variables): Piece {
  const { text } = placed;
  const dollar = part.from;
  if (text[dollar + 1] === "$" && dollar + 1 < part.to) {
    const sign = { ...segmentOf(placed, dollar, dollar + 2), text: "$", noted: "$$" };
    return { kind: "resolved", segments: [sign], end: dollar + 2 };
  }
  if (text[dollar + 1] === "{") return readBraces(placed, part, variables);
  const name = /^[A-Za-z_]\w*/.exec(text.slice(dollar + 1, part.to))?.[0];
  if (name === undefined) return unresolved("A `$` stands alone: write `$$` for a dollar sign, or a name behind it.");
  return withEnd(variables.valueOf(name) ?? notSet(name, variables), dollar + 1 + name.length);
}

function readBraces(placed: PlacedText, part: Part, variables: Variables): Piece {
  const { text } = placed;
  const open = part.from + 2;
  const close = closingBrace(text, open, part.to);
  if (close === undefined)
    return unresolved(`\`${shorten(text.slice(part.from, part.to))}\` has no closing brace: add \`}\`.`);
  const inner = text.slice(open, close);
  const match = /^([A-Za-z_]\w*)(:?[-?+])?/.exec(inner);
  const [head = "", name = "", operator] = match ?? [];
  if (match === null || (operator === undefined && head !== inner))
    return unresolved(
      `\`\${${shorten(inner)}}\` is no variable that Compose knows: write \`\${NAME}\` or \`\${NAME:-default}\`.`,
    );

  const word = { from: open + head.length, to: close, depth: part.depth + 1 };
  const value = variables.valueOf(name);
  const isThere = isSet(value, operator?.startsWith(":") ?? false);
  switch (operator?.at(-1) ?? "") {
    case "-":
      return withEnd(isThere ? value : interpolatePart({ ...placed, owner: name }, word, variables), close + 1);
    case "+":
      if (!isThere) return { kind: "resolved", segments: [], end: close + 1 };
      return withEnd(interpolatePart({ ...placed, owner: name }, word, variables), close + 1);
    case "?":
      return withEnd(isThere ? value : isRequired(name, text.slice(word.from, word.to), variables), close + 1);
    default:
      return withEnd(value ?? notSet(name, variables), close + 1);
  }
}

/** A value that cannot be known counts as set: the reader hears why. */
function isSet(value: Resolution | undefined, emptyCountsAsUnset: boolean): value is Resolution {
  if (value === undefined) return false;
  return value.kind === "unresolved" || !emptyCountsAsUnset || joinSegments(value.segments) !== "";
}

function closingBrace(text: string, from: number, to: number): number | undefined {
  let open = 1;
  for (let at = from; at < to; at += 1) {
    if (text[at] === "{") open += 1;
    else if (text[at] === "}") open -= 1;
    if (open === 0) return at;
  }
  return undefined;
}

function withEnd(value: Resolution, end: number): Piece {
  return value.kind === "resolved" ? { ...value, end } : value;
}

function notSet(name: string, { home }: Variables): Resolution {
  return unresolved(`${name} is not set in ${home}: set it there, or give a default as in \`\${${name}:-…}\`.`);
}

function isRequired(name: string, message: string, { home }: Variables): Resolution {
  const says = message === "" ? "" : ` (${shorten(message)})`;
  return unresolved(`${name} is required${says} and is not set in ${home}: set it there.`);
}

function unresolved(text: string): Extract<Resolution, { kind: "unresolved" }> {
  return { kind: "unresolved", text };
}

function shorten(text: string): string {
  const line = text.replaceAll(/\s+/g, " ");
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
