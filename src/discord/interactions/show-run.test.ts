import { expect, test } from "vitest";
import type { Progress } from "../../operations/operation.ts";
import type { OperationAnswer } from "../../operations/run-operation.ts";
import { TalosError } from "../../talos-error.ts";
import type { Message } from "../message.ts";
import { type RunMessages, showRun } from "./show-run.ts";

const say = (text: string): Message => ({ embeds: [{ description: text }], components: [] });
const messages: RunMessages = {
  running: ({ status, parts }) => say(`${status}, ${parts.length} parts`),
  done: ({ view }) => say(`done, ${view.length} parts`),
  ended: () => say("ended"),
};
const part = { kind: "part", part: { type: "text", text: "one" } } as const;
const answer: OperationAnswer = { ok: true, view: [{ type: "text", text: "two" }] };

/** Time passes only where something waits for it: each step of the run comes at its second. */
async function show(
  steps: readonly (readonly [second: number, step: Progress | "done"])[],
  { failures = [], endAtMs = Number.POSITIVE_INFINITY }: { failures?: readonly Error[]; endAtMs?: number } = {},
) {
  let now = 0;
  const ending = new AbortController();
  const shown: string[] = [];
  const failing = [...failures];
  const waiting = new Set<() => void>();
  const reach = async (atMs: number): Promise<void> => {
    while (now < atMs) await new Promise<void>((resolve) => waiting.add(resolve));
  };
  const pass = async (atMs: number): Promise<void> => {
    now = atMs;
    if (now >= endAtMs) ending.abort();
    for (const wake of waiting) wake();
    waiting.clear();
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  };
  async function* run(): AsyncGenerator<Progress, OperationAnswer> {
    for (const [second, step] of steps) {
      await reach(second * 1000);
      if (step === "done") return answer;
      yield step;
    }
    throw new RangeError("a fault");
  }
  const result = showRun(
    run(),
    messages,
    {
      async edit({ embeds }) {
        const failure = failing.shift();
        shown.push(`${now} ${failure === undefined ? embeds[0]?.description : "failed"}`);
        if (failure !== undefined) throw failure;
      },
      now: () => now,
      random: () => 0,
      async pause(ms) {
        const atMs = now + ms;
        while (now < atMs) await pass(Math.min(atMs, (Math.floor(now / 100) + 1) * 100));
      },
    },
    ending.signal,
  );
  const outcome = await result.then(
    () => "shown",
    (error: unknown) => String(error),
  );
  return { shown, outcome };
}

const status = (text: string): Progress => ({ kind: "status", text });
const away = new TalosError("discord-failed", "away", { retryable: true });

test("what is done within 0.7 s is one edit", async () => {
  expect(
    await show([
      [0.1, status("a")],
      [0.6, "done"],
    ]),
  ).toEqual({ shown: ["600 done, 1 parts"], outcome: "shown" });
});

test("what takes longer is shown at most once a second, and only when there is something new", async () => {
  const { shown } = await show([
    [0.1, status("a")],
    [1, status("b")],
    [1.2, status("c")],
    [1.3, part],
    [5.1, "done"],
  ]);
  expect(shown).toEqual(["700 a, 0 parts", "1700 c, 1 parts", "5100 done, 2 parts"]);
});

test("an edit on the way that fails is passed over; the last one is tried again", async () => {
  const { shown, outcome } = await show(
    [
      [0, status("a")],
      [2, "done"],
    ],
    { failures: [away, away, away] },
  );
  expect(shown).toEqual(["700 failed", "2000 failed", "3000 failed", "5000 done, 1 parts"]);
  expect(outcome).toBe("shown");
});

test("an answer that Discord will never take is given up", async () => {
  const never = new TalosError("discord-failed", "no such message");
  const { shown, outcome } = await show([[0.1, "done"]], { failures: [never] });
  expect(shown).toHaveLength(1);
  expect(outcome).toContain("no such message");
});

test("an answer is given up when Discord is away for ten minutes", async () => {
  const { shown, outcome } = await show([[0.1, "done"]], { failures: Array.from({ length: 99 }, () => away) });
  expect(outcome).toContain("away");
  expect(shown.length).toBeLessThan(30);
  expect(Number(shown.at(-1)?.split(" ")[0])).toBeGreaterThan(600_000);
});

test("a fault of the operation is thrown on", async () => {
  expect((await show([[1, status("a")]])).outcome).toBe("RangeError: a fault");
});

test("when Talos ends that is said at once", async () => {
  expect(
    await show(
      [
        [0, status("a")],
        [60, "done"],
      ],
      { endAtMs: 3000 },
    ),
  ).toEqual({
    shown: ["700 a, 0 parts", "3000 ended"],
    outcome: "shown",
  });
});
