import { expect, test } from "vitest";
import { checkClock } from "./check-clock.ts";

const theirsMs = Date.UTC(2026, 1, 3, 12);

test.each([
  [0, "passes", "agrees with ghcr.io"],
  [60_000, "passes", "agrees with ghcr.io"],
  [-60_000, "passes", "agrees with ghcr.io"],
  [61_000, "fails", "is 1 minute ahead of ghcr.io"],
  [-600_000, "fails", "is 10 minutes behind ghcr.io"],
  [86_400_000, "fails", "is 24 hours ahead of ghcr.io"],
])("a clock that is %i ms ahead: %s", (offset, outcome, text) => {
  expect(checkClock([{ host: "ghcr.io", theirsMs, oursMs: theirsMs + offset }])).toMatchObject([{ outcome, text }]);
});

test("a server whose own clock is wrong does not outweigh one that agrees", () => {
  const wrong = { host: "a", theirsMs: 0, oursMs: theirsMs };
  const right = { host: "b", theirsMs, oursMs: theirsMs };
  expect(checkClock([wrong, right])).toMatchObject([{ outcome: "passes", text: "agrees with b" }]);
});

test("a clock that nothing was compared with is only noted", () => {
  expect(checkClock([])).toMatchObject([{ outcome: "notes" }]);
});
