import { expect, test } from "vitest";
import type { Session, SignInFailure } from "./session.ts";
import { staySignedIn } from "./stay-signed-in.ts";

type Outcome = SignInFailure | { readonly lastsMs: number; readonly ended: string };

/** Signs in with these outcomes, one after the other, and tells what was logged and how long it waited. */
async function live(outcomes: readonly Outcome[]) {
  const stop = new AbortController();
  const told: string[] = [];
  const waits: number[] = [];
  let now = 0;
  let next = 0;
  let disposed = 0;
  const session = ({ lastsMs, ended }: Exclude<Outcome, SignInFailure>): Session => ({
    kind: "signed-in",
    rest: async () => undefined,
    applicationId: "1",
    userId: "1",
    get ended() {
      now += lastsMs;
      return Promise.resolve({ kind: "failed", text: ended } as const);
    },
    async [Symbol.asyncDispose]() {
      disposed += 1;
    },
  });
  await staySignedIn(
    {
      async signIn() {
        const outcome = outcomes[next++];
        if (outcome === undefined) {
          stop.abort();
          return { kind: "failed", text: "it was signed out" };
        }
        return "kind" in outcome ? outcome : session(outcome);
      },
      onSession: async () => undefined,
      onState: () => undefined,
      log: { info: (text) => told.push(text), warn: (text) => told.push(text) },
      now: () => now,
      random: () => 0,
      pause: async (ms) => void waits.push(ms),
    },
    stop.signal,
  );
  return { told, waits, disposed };
}

const failed = (text: string): Outcome => ({ kind: "failed", text });

test("waits grow from a second to five minutes", async () => {
  const { waits } = await live(Array.from({ length: 11 }, () => failed("away")));
  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300].map((seconds) => seconds * 1000));
});

test("a reason is told when it is another one", async () => {
  const { told } = await live([failed("away"), failed("away"), failed("refused"), failed("away")]);
  expect(told).toEqual(["away", "refused", "away"].map((text) => `Discord: not signed in: ${text}`));
});

test("sessions that end soon are failures: Discord takes the token of who signs in too often", async () => {
  const { waits, told, disposed } = await live([
    { lastsMs: 1000, ended: "gone" },
    { lastsMs: 1000, ended: "gone" },
    { lastsMs: 600_000, ended: "gone" },
  ]);
  expect(waits).toEqual([1000, 2000, 1000]);
  expect(told.filter((text) => text === "Discord: signed in")).toHaveLength(3);
  expect(disposed).toBe(3);
});
