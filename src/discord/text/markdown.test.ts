import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readMarkdown } from "../../../test/discord/living-markdown.ts";
import { code, codeBlock } from "./code-block.ts";
import { label } from "./label.ts";
import { link } from "./link.ts";
import { bold, lines, md, small } from "./markdown.ts";
import { plain, plainLines } from "./plain.ts";
import { quote } from "./quote.ts";
import { visible } from "./visible.ts";

const evilTexts = [
  "@everyone",
  "@here",
  "<@123>",
  "<@!123>",
  "<@&123>",
  "<#123>",
  "</t containers:123>",
  "<id:customize>",
  "<t:1700000000:R>",
  "<a:party:123>",
  ":smile:",
  "**bold**",
  "_em_",
  "__under__",
  "~~gone~~",
  "||secret||",
  "`code`",
  "``code``",
  "```\nblock\n```",
  "> quote",
  ">>> quote",
  "# heading",
  "### heading",
  "-# small",
  "- item",
  "* item",
  "+ item",
  "1. item",
  "[text](https://evil.example)",
  "[text](<https://evil.example>)",
  "https://evil.example",
  "<https://evil.example>",
  "<mailto:me@evil.example>",
  "<me@evil.example>",
  "steam://run/1",
  "\\",
  "\\**bold**",
  "a\\",
  "\u202eevil\u202c",
  "z\u200bw\u200dj\ufeff",
  "\u001b[31mred\u001b[0m",
  "\u0000",
  "\r\n",
  "\n",
  "👩‍👩‍👧‍👦",
  "é",
  "\ud800",
];
const anything = fc
  .array(
    fc.oneof(fc.constantFrom(...evilTexts), fc.string({ unit: "binary", maxLength: 8 }), fc.string({ maxLength: 8 })),
    {
      maxLength: 8,
    },
  )
  .map((texts) => texts.join(""));
const limits = fc.oneof(fc.integer({ min: 4, max: 60 }), fc.constant(Number.POSITIVE_INFINITY));
const hidden = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

test.each(evilTexts)("%j is only text", (text) => {
  const { living } = readMarkdown(plain(text).markdown);
  expect(living).toEqual([]);
});

test("nothing in a line from outside is alive, hidden or too long, wherever it stands", () => {
  fc.assert(
    fc.property(anything, anything, limits, (text, other, limit) => {
      const { markdown } = plain(text, limit);
      expect(readMarkdown(markdown).living).toEqual([]);
      expect(readMarkdown(md`${text} » ${other}${text}`.markdown).living).toEqual([]);
      expect(readMarkdown(lines(text, other).markdown).living).toEqual([]);
      expect(markdown).not.toMatch(hidden);
      expect(markdown.isWellFormed()).toBe(true);
      expect(markdown).not.toContain("\n");
      expect(markdown.length).toBeLessThanOrEqual(limit);
    }),
    { numRuns: 300 },
  );
});

test("what is read is what was visible", () => {
  fc.assert(
    fc.property(anything, (text) => {
      const seen = visible(text).replace(/\s+/g, " ").trim();
      expect(readMarkdown(plain(text).markdown).text).toBe(seen);
      expect(label(text, 1000)).toBe(seen);
    }),
  );
});

test("lines from outside stay lines, and are no more than that", () => {
  fc.assert(
    fc.property(anything, (text) => {
      expect(readMarkdown(plainLines(text).markdown).living).toEqual([]);
    }),
  );
  expect(plainLines("one\n- two\n\n# three").markdown).toBe("one\n\\- two\n\n\\# three");
});

test("every line of a quote is quoted, within the limit, and nothing else in it is alive", () => {
  fc.assert(
    fc.property(anything, limits, (text, limit) => {
      const { markdown } = quote(text, limit);
      for (const line of markdown.split("\n")) {
        if (markdown !== "") expect(line).toMatch(/^> /);
        expect(readMarkdown(line.slice(2)).living).toEqual([]);
      }
      expect(markdown.length).toBeLessThanOrEqual(limit);
    }),
  );
});

test("a block of code ends where it should, whatever is in it and follows it", () => {
  fc.assert(
    fc.property(anything, fc.integer({ min: 9, max: 60 }), (text, limit) => {
      const { markdown } = codeBlock(text, limit);
      expect(/^```\n(?!\n)([^]+?)\n```/.exec(`${markdown}\n\`\`\``)?.[0]).toBe(markdown);
      expect(markdown.slice(4, -4)).not.toContain("```");
      expect(markdown).not.toMatch(hidden);
      expect(markdown.length).toBeLessThanOrEqual(limit);
    }),
    { numRuns: 300 },
  );
});

test("code within a line ends where it should", () => {
  fc.assert(
    fc.property(anything, fc.integer({ min: 3, max: 60 }), (text, limit) => {
      const { markdown } = code(text, limit);
      if (markdown !== "") expect(markdown).toMatch(/^`[^`\n]+`$/);
      expect(markdown.length).toBeLessThanOrEqual(limit);
    }),
  );
});

test("blanks at the beginning of code stay, and colours of a terminal go", () => {
  expect(codeBlock("\n  a\n\tb\u001b[31m!\u001b[0m \n").markdown).toBe("```\n  a\n    b!\n```");
  expect(codeBlock("").markdown).toBe("```\n \n```");
});

test("texts are cut between the characters that a person sees", () => {
  expect(plain("abcdef", 4).markdown).toBe("abc…");
  expect(plain("a_cdef", 4).markdown).toBe("a\\_…");
  expect(plain("ab_def", 4).markdown).toBe("ab…");
  expect(plain("ab🇩🇪🇫🇷", 7).markdown).toBe("ab🇩🇪…");
  expect(label("ab🇩🇪🇫🇷", 6)).toBe("ab…");
  expect(label("cafe\u0301s", 5)).toBe("caf…");
  expect(label("one two", 5)).toBe("one…");
});

describe("a link", () => {
  test.each([
    ["commit", "https://git.example/a_b/c", "[commit](<https://git.example/a_b/c>)"],
    ["a](https://evil.example)", "https://git.example", "[a\\)\\(evil.example\\)](<https://git.example/>)"],
    ["x", "https://me:secret@git.example/a(b)>c", "[x](<https://git.example/a%28b%29%3Ec>)"],
    ["https://git.example", "https://git.example", "[git.example](<https://git.example/>)"],
    ["x", "javascript:alert(1)", "x"],
    ["x", "no address", "x"],
    ["", "https://git.example", ""],
  ])("of %j to %s", (text, url, expected) => {
    expect(link(text, url).markdown).toBe(expected);
  });

  test("has no more in it than text and an address", () => {
    fc.assert(
      fc.property(
        anything,
        fc.oneof(
          anything,
          fc.webUrl().map((url) => `${url})](x`),
        ),
        (text, url) => {
          const { markdown } = link(text, url);
          const [, inner, target] = /^\[([^[\]]+)\]\(<(https?:[^\s()<>]+)>\)$/.exec(markdown) ?? [];
          if (target === undefined) expect(readMarkdown(markdown).living).toEqual([]);
          else expect(readMarkdown(inner ?? "").living).toEqual([]);
        },
      ),
    );
  });
});

test("own markdown stays what it is", () => {
  expect(bold("a*b").markdown).toBe("**a\\*b**");
  expect(small(md`${"a_b"} » ${bold("c")} ${3}`).markdown).toBe("-# a\\_b » **c** 3");
  expect(bold("").markdown).toBe("");
  expect(lines("a", undefined, "", small("b")).markdown).toBe("a\n-# b");
});
