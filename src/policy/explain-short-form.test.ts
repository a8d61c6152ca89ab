import { expect, test } from "vitest";
import { explainShortForm } from "./explain-short-form.ts";

test("each size is told in words, and the long form beside it", () => {
  const explanation = explainShortForm("^:!!?.");
  if (explanation.kind !== "explained") throw new Error(explanation.problem);
  expect(explanation.summary).toBe("Steps up to minor count.");
  expect(explanation.rows.map(({ size, strategy, outcome }) => [size, strategy, outcome])).toEqual([
    ["digest", "push", "committed without asking"],
    ["patch", "push", "committed without asking"],
    ["minor", "prompt", "you are asked first"],
    ["major", "above-bump", "never considered: larger than bump"],
  ]);
  expect(explanation.longForm).toBe(
    "bump: minor\nstrategy:\n  digest: push\n  patch: push\n  minor: prompt\n  major: skip\n",
  );
});

test("x is explained without sizes, and a mistake is handed on", () => {
  expect(explainShortForm("x")).toEqual({
    kind: "explained",
    summary: "Talos leaves this image alone.",
    rows: [],
    longForm: "skip: true\n",
  });
  expect(explainShortForm("^z")).toMatchObject({ kind: "invalid", index: 1 });
});
