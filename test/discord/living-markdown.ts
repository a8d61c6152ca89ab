/** A little reader of Discord's markdown: what in a text would be more than text, and the text that a person reads. */
export interface Reading {
  readonly living: readonly string[];
  readonly text: string;
}

type Rule = readonly [name: string, pattern: RegExp];

/** Rules that hold at the beginning of a line only. */
const lineRules: readonly Rule[] = [
  ["heading", /^ *#{1,3}\s+\S/],
  ["small", /^-# +\S/],
  ["quote", /^ *>(?:>>)? /],
  ["list", /^ *(?:[*+-]|\d+\.)\s+\S/],
];

const wholePattern = /^(?:<t:-?\d+:[tTdDfFR]>|```(?:[a-z0-9_+\-.#]+\n)?\n*[^\n][^]*?\n*```|(`+)[^]*?[^`]\1(?!`))/i;

const rules: readonly Rule[] = [
  ["code block", /^```(?:[a-z0-9_+\-.#]+\n)?\n*[^\n][^]*?\n*```/i],
  ["code", /^(`+)[^]*?[^`]\1(?!`)/],
  ["address", /^(?:https?|steam|discord):\/\/[^\s<]/],
  ["time", /^<t:-?\d+:[tTdDfFR]>/],
  ["address", /^<(?!t:-?\d+:[tTdDfFR]>)[^\s>]*[:@][^\s>]*>/],
  ["mention", /^@(?:everyone|here)/],
  ["mention", /^<(?:@[!&]?|#)\d+>/],
  ["mention", /^<\/[^>]+:\d+>/],
  ["emoji", /^<a?:\w+:\d+>/],
  ["emoji", /^:[\w+-]+:/],
  ["link", /^\[(?:[^[\]]|\\.)*\]\([^)]*\)/],
  ["spoiler", /^\|\|[^]+?\|\|/],
  ["strike", /^~~[^]+?~~/],
  ["strong", /^\*\*[^]+?\*\*/],
  ["underline", /^__[^]+?__/],
  ["emphasis", /^\*[^\s*][^]*?\*/],
  ["emphasis", /^_[^]+?_/],
];

export function readMarkdown(markdown: string): Reading {
  const living: string[] = [];
  let text = "";
  let rest = markdown;
  let isLineStart = true;
  while (rest !== "") {
    const escaped = /^\\([^0-9A-Za-z\s])/u.exec(rest);
    if (escaped !== null) {
      text += escaped[1];
      rest = rest.slice(escaped[0].length);
      isLineStart = false;
      continue;
    }
    for (const [name, pattern] of isLineStart ? [...lineRules, ...rules] : rules) {
      const [found] = pattern.exec(rest) ?? [];
      if (found !== undefined) living.push(`${name}: ${found}`);
    }
    // Nothing within it is interpreted.
    const [whole] = wholePattern.exec(rest) ?? [];
    if (whole !== undefined) {
      text += whole;
      rest = rest.slice(whole.length);
      isLineStart = false;
      continue;
    }
    const [first = ""] = rest;
    isLineStart = first === "\n";
    text += first;
    rest = rest.slice(first.length);
  }
  return { living, text };
}
