import { compareSizes, type Size, sizes } from "../images/size.ts";
import type { Strategy } from "./policy.ts";
import { parseShortForm } from "./short-form.ts";

/** A short form in words, for `talos policy '^:!!?.'`. */
export type ShortFormExplanation =
  | {
      readonly kind: "explained";
      /** What it does as a whole, in one sentence. */
      readonly summary: string;
      /** In the order of the short form; empty for `x`. */
      readonly rows: readonly ExplainedSize[];
      /** The same as the YAML that belongs below `x-talos:`. */
      readonly longForm: string;
    }
  | { readonly kind: "invalid"; readonly problem: string; readonly index: number };

interface ExplainedSize {
  readonly size: Size;
  readonly meaning: string;
  /** `above-bump`: a step of this size never counts, whatever its strategy says. */
  readonly strategy: Strategy | "above-bump";
  readonly outcome: string;
}

const meanings: Readonly<Record<Size, string>> = {
  digest: "the same tag with new content",
  patch: "1.2.3 to 1.2.4",
  minor: "1.2.3 to 1.3.0",
  major: "1.2.3 to 2.0.0",
};

const outcomes: Readonly<Record<Strategy | "above-bump", string>> = {
  push: "committed without asking",
  prompt: "you are asked first",
  notify: "you are told, nothing is changed",
  skip: "passed over in silence",
  "above-bump": "never considered: larger than bump",
};

export function explainShortForm(text: string): ShortFormExplanation {
  const form = parseShortForm(text);
  switch (form.kind) {
    case "invalid":
      return form;
    case "skip":
      return { kind: "explained", summary: "Talos leaves this image alone.", rows: [], longForm: "skip: true\n" };
    case "rules": {
      const rows = sizes.map((size): ExplainedSize => {
        const strategy = compareSizes(size, form.bump) > 0 ? "above-bump" : form.strategy[size];
        return { size, meaning: meanings[size], strategy, outcome: outcomes[strategy] };
      });
      const lines = sizes.map((size) => `  ${size}: ${form.strategy[size]}\n`);
      return {
        kind: "explained",
        summary: `Steps up to ${form.bump} count.`,
        rows,
        longForm: `bump: ${form.bump}\nstrategy:\n${lines.join("")}`,
      };
    }
  }
}
