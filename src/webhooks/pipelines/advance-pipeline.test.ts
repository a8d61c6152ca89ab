import fc from "fast-check";
import { expect, test } from "vitest";
import { advancePipeline } from "./advance-pipeline.ts";
import { type Pipeline, pipelineStates } from "./pipeline.ts";

const heard = (state: Pipeline["state"], atMs?: number, more: Partial<Pipeline> = {}): Pipeline => ({
  id: "https://git.example/me/infra#1",
  integration: "gitlab",
  project: "me/infra",
  ref: "main",
  state,
  commit: "a".repeat(40),
  heardMs: 1,
  ...(atMs === undefined ? {} : { atMs }),
  ...more,
});

const endOf = (...states: readonly Pipeline[]) =>
  states.reduce<Pipeline | undefined>(advancePipeline, undefined)?.state;

test.each([
  ["states in order", [heard("waiting", 1), heard("running", 2), heard("succeeded", 3)], "succeeded"],
  ["the end before the beginning", [heard("failed", 3), heard("running", 2), heard("waiting", 1)], "failed"],
  ["all in one second", [heard("succeeded", 1), heard("running", 1), heard("waiting", 1)], "succeeded"],
  ["no times at all", [heard("failed"), heard("running"), heard("waiting")], "failed"],
  ["a beginning without a time after the end", [heard("cancelled", 5), heard("running")], "cancelled"],
  ["an end without a time", [heard("running", 5), heard("failed"), heard("running", 6)], "failed"],
  ["the same pipeline run again", [heard("failed", 3), heard("running", 4)], "running"],
  ["one that was run again, late", [heard("running", 4), heard("failed", 3)], "running"],
  ["one that was run again and went well", [heard("failed", 3), heard("succeeded", 9)], "succeeded"],
])("Of %s the right one is left.", (_, states, expected) => {
  expect(endOf(...states)).toBe(expected);
});

test("In whatever order and however often states come, the last one is the same.", () => {
  const state = fc.record({
    state: fc.constantFrom(...pipelineStates),
    atMs: fc.option(fc.integer({ min: 0, max: 4 }), { nil: undefined }),
  });
  const shuffled = fc
    .array(state, { minLength: 1, maxLength: 8 })
    .chain((states) =>
      fc.tuple(fc.constant(states), fc.shuffledSubarray([...states, ...states], { minLength: states.length * 2 })),
    );
  fc.assert(
    fc.property(shuffled, ([states, others]) => {
      const end = (all: typeof states) => endOf(...all.map((one) => heard(one.state, one.atMs)));
      expect(end(others)).toBe(end(states));
    }),
  );
});

test("What a later state leaves out is known from those before, but for how long it took.", () => {
  const before = heard("failed", 1, { message: "Update", url: "https://git.example/1", durationSeconds: 9 });
  const after = advancePipeline(before, heard("running", 2, { heardMs: 7 }));
  expect(after).toMatchObject({ state: "running", message: "Update", url: "https://git.example/1", heardMs: 1 });
  expect(after.durationSeconds).toBeUndefined();
});

test("What is no news leaves it as it is.", () => {
  const known = heard("running", 2);
  expect(advancePipeline(known, heard("running", 2))).toBe(known);
  expect(advancePipeline(known, heard("waiting", 2))).toBe(known);
});
