import { expect, test } from "vitest";
import { createRequestHistory } from "./request-history.ts";

const hourMs = 3_600_000;
const start = Date.UTC(2026, 10, 21, 12, 30);
const rate = { resetSeconds: undefined, isResetKnown: false };

function open() {
  const clock = { nowMs: start };
  const history = createRequestHistory(() => clock.nowMs);
  const note = (domain: string, method: string, more = {}) =>
    history.note({ domain, method, isOwn: true, rate: undefined, ...more });
  return { clock, history, note };
}

test("requests are counted by domain, hour and method; those to token services are not", () => {
  const { clock, history, note } = open();
  note("docker.io", "HEAD");
  note("docker.io", "GET");
  note("docker.io", "GET", { isOwn: false });
  clock.nowMs += hourMs;
  note("docker.io", "HEAD", { rate: { ...rate, limit: 100, remaining: 99.5 } });
  note("docker.io", "HEAD");
  note("ghcr.io", "GET");
  const first = start - 1_800_000;
  expect(history.read()).toEqual([
    {
      domain: "docker.io",
      hours: [
        { startMs: first, head: 1, get: 1 },
        { startMs: first + hourMs, head: 2, get: 0 },
      ],
      budget: { limit: 100, remaining: 99, atMs: start + hourMs },
    },
    { domain: "ghcr.io", hours: [{ startMs: first + hourMs, head: 0, get: 1 }], budget: undefined },
  ]);
});

test("what is older than a day is forgotten, and so is the domain that was asked longest ago", () => {
  const { clock, history, note } = open();
  for (let hour = 0; hour < 50; hour++) {
    note("docker.io", "HEAD");
    clock.nowMs += hourMs;
  }
  expect(history.read()[0]?.hours).toHaveLength(23);
  clock.nowMs += 100 * hourMs;
  expect(history.read()[0]?.hours).toEqual([]);
  for (let index = 0; index < 300; index++) note(`r${index}.example`, "GET");
  expect(history.read()).toHaveLength(200);
  expect(history.read().some(({ domain }) => domain === "docker.io")).toBe(false);
});
