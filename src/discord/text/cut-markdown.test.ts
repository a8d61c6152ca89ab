import fc from "fast-check";
import { expect, test } from "vitest";
import { codeBlock } from "./code-block.ts";
import { cutMarkdown } from "./cut-markdown.ts";
import { bold, lines, small } from "./markdown.ts";

const word = fc.string({ maxLength: 30 });
const block = fc.oneof(
  word.map((text) => small(text)),
  word.map((text) => bold(text)),
  fc.array(word, { maxLength: 5 }).map((all) => codeBlock(all.join("\n"))),
);

test("whole lines stay, blocks of code are closed and not empty, and it fits", () => {
  fc.assert(
    fc.property(fc.array(block, { maxLength: 8 }), fc.integer({ min: 1, max: 300 }), (blocks, limit) => {
      const whole = lines(...blocks);
      const { markdown } = cutMarkdown(whole, limit);
      expect(markdown.length).toBeLessThanOrEqual(limit);
      expect([...markdown.matchAll(/^```$/gm)].length % 2).toBe(0);
      expect(markdown.replace(/^```\n(?!\n|```)[^]*?\n```$/gm, "")).not.toMatch(/^```/m);
      if (whole.markdown.length <= limit) expect(markdown).toBe(whole.markdown);
    }),
    { numRuns: 300 },
  );
});

test("what is left out shows", () => {
  const text = lines("one", codeBlock("two\nthree\nfour"), "five");
  expect(cutMarkdown(text, 28).markdown).toBe("one\n```\ntwo\nthree\n```\n…");
  expect(cutMarkdown(text, 21).markdown).toBe("one\n```\ntwo\n```\n…");
  expect(cutMarkdown(text, 16).markdown).toBe("one\n…");
  expect(cutMarkdown(bold("much too_long for it"), 15).markdown).toBe("much too\\_long…");
  expect(cutMarkdown(small(bold("a* much too long")), 8).markdown).toBe("a\\* muc…");
});
