import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type HostProblem, lasting, passing } from "../host-problem.ts";
import { keepHost } from "./keep-host.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const noSignal = new AbortController().signal;

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => reject(signal.reason));
  });
}

/** A host that is never reached, for these reasons one after the other and the last for ever. */
function unreachableHost(...problems: readonly HostProblem[]) {
  const lines: string[] = [];
  const log = { info: (text: string) => void lines.push(text), warn: (text: string) => void lines.push(text) };
  let attempts = 0;
  const kept = keepHost(
    {
      name: "nas",
      isRemote: true,
      async openRoute() {
        attempts += 1;
        return problems[Math.min(attempts, problems.length) - 1] ?? passing("none");
      },
      mend: async () => undefined,
      findCompose: async () => ({ composeVersion: undefined, composeProblem: undefined }),
    },
    { now: () => Date.now(), random: () => 0, pause, log },
  );
  return { kept, lines, attempts: () => attempts };
}

test("a host is connecting until it is known how it is, and who asks meanwhile waits for that", async () => {
  const host = unreachableHost(passing("it is off"));
  expect(host.kept.memory.state()).toEqual({ kind: "connecting" });
  const asked = host.kept.memory.connection(noSignal);
  const refused = expect(asked).rejects.toMatchObject({
    code: "host-unreachable",
    message: "host nas is down: it is off",
  });
  host.kept.start();
  await refused;
  expect(host.kept.memory.state()).toMatchObject({ kind: "down", reason: "it is off", nextTryMs: Date.now() + 1000 });
  await host.kept[Symbol.asyncDispose]();
});

test("it is tried again with growing waits, its reason told once, and since when it is down", async () => {
  const host = unreachableHost(passing("it is off"), passing("it is off"), passing("it says no"));
  const startMs = Date.now();
  host.kept.start();
  await vi.advanceTimersByTimeAsync(999);
  expect(host.attempts()).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(host.attempts()).toBe(2);
  await vi.advanceTimersByTimeAsync(2000);
  expect(host.attempts()).toBe(3);
  expect(host.kept.memory.state()).toMatchObject({ reason: "it says no", sinceMs: startMs });
  expect(host.lines).toEqual(["host nas is down: it is off", "host nas is down: it says no"]);
  await host.kept[Symbol.asyncDispose]();
});

test("who asks for it makes it be tried again, but not at every question", async () => {
  const host = unreachableHost(lasting("the key is refused", "put it there"));
  host.kept.start();
  await vi.advanceTimersByTimeAsync(6000);
  expect(host.attempts()).toBe(1);
  await expect(host.kept.memory.connection(noSignal)).rejects.toMatchObject({ hint: "put it there" });
  await vi.advanceTimersByTimeAsync(1);
  expect(host.attempts()).toBe(2);
  for (let index = 0; index < 5; index++) {
    await expect(host.kept.memory.connection(noSignal)).rejects.toThrow();
    await vi.advanceTimersByTimeAsync(500);
  }
  expect(host.attempts()).toBe(2);
  await vi.advanceTimersByTimeAsync(2500);
  expect(host.attempts()).toBe(3);
  await host.kept[Symbol.asyncDispose]();
});

test("nobody waits for a host that is given up", async () => {
  const host = unreachableHost();
  const waiting = expect(host.kept.memory.connection(noSignal)).rejects.toThrow("Talos ends");
  await host.kept[Symbol.asyncDispose]();
  await waiting;
});
