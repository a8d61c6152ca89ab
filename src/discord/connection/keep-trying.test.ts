import { expect, test } from "vitest";
import { TalosError } from "../../talos-error.ts";
import { keepTrying } from "./keep-trying.ts";

async function attempt(outcomes: readonly (Error | "done")[]) {
  const told: string[] = [];
  const waits: number[] = [];
  let next = 0;
  await keepTrying(
    async () => {
      const outcome = outcomes[next++];
      if (outcome instanceof Error) throw outcome;
    },
    {
      log: {
        info: (text) => told.push(text),
        warn: (text) => told.push(text),
        error: (_facts, text) => told.push(text),
      },
      random: () => 0,
      pause: async (ms) => void waits.push(ms),
    },
    new AbortController().signal,
  );
  return { told, waits, attempts: next };
}

const away = (retryAfterSeconds?: number) =>
  new TalosError("discord-failed", "Discord is away.", {
    retryable: true,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  });

test("it is attempted until it succeeds, and told once why not and once that it is over", async () => {
  const { told, waits } = await attempt([away(), away(), away(), "done"]);
  expect(told).toEqual(["Discord is away.", "Discord: that is over: Discord is away."]);
  expect(waits).toEqual([1000, 2000, 4000]);
});

test("as long as Discord asks for is waited", async () => {
  expect((await attempt([away(90), "done"])).waits).toEqual([90_000]);
});

test("a fault of Talos is told, and not repeated", async () => {
  expect(await attempt([new RangeError("x"), "done"])).toEqual({
    told: ["Discord: a fault of Talos"],
    waits: [],
    attempts: 1,
  });
});
