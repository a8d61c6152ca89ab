import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import { shellQuote } from "./shell-quote.ts";

const word = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: fc.constantFrom("'", '"', "\\", "$", "`", "\n", " ", "*", "~", "!", "-", "#", "a") }),
);

test("a shell reads back exactly the words that were quoted", () => {
  fc.assert(
    fc.property(
      fc.array(
        word.map((text) => text.replaceAll("\0", "")),
        { maxLength: 20 },
      ),
      (words) => {
        const script = `printf '%s\\0' ${words.map(shellQuote).join(" ")}`;
        const output = execFileSync("/bin/sh", ["-c", script], { encoding: "utf8" });
        expect(output.split("\0").slice(0, words.length)).toEqual(words);
      },
    ),
    { numRuns: 50 },
  );
});
