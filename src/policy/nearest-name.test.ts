import { expect, test } from "vitest";
import { nearestName, suggestName } from "./nearest-name.ts";

const names = ["bump", "skip", "strategy.digest", "strategy.patch"];

test.each([
  ["bmup", "bump"],
  ["BUMPS", "bump"],
  ["strategy.digst", "strategy.digest"],
  ["strategi.patch", "strategy.patch"],
  ["strat", "strategy.digest"],
  ["completely-else", undefined],
  ["", undefined],
])("%j is most likely %j", (word, nearest) => {
  expect(nearestName(word, names)).toBe(nearest);
});

test("all names are listed when none is near", () => {
  expect(suggestName("colour", ["bump", "skip"])).toBe("known are `bump`, `skip`");
  expect(suggestName("bum", ["bump", "skip"])).toBe("did you mean `bump`?");
});
