import { setTimeout as delay } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { traceHost } from "../../src/hosts/trace-host.ts";
import { TalosError } from "../../src/talos-error.ts";
import { currentTrace, inSpan, inSpanSteps, installTracer, linkTrace, resumeTrace } from "../../src/telemetry/trace.ts";
import { askOperation } from "../fixtures/ask-operation.ts";
import { fakeHost } from "../fixtures/fake-host.ts";
import { fakeTalos } from "../fixtures/fake-talos.ts";
import { recordSpans } from "./record-spans.ts";

const traceId = "0af7651916cd43dd8448eb211c80319c";
const traceparent = `00-${traceId}-b7ad6b7169203331-01`;

afterEach(() => installTracer(undefined));

test("Without a tracer everything is done, and nothing else.", async () => {
  const run = inSpan("talos", "a", {}, async (span) => {
    span.set({ b: 1 });
    return [currentTrace()];
  });
  expect(await run).toEqual([undefined]);
  expect(resumeTrace(traceparent, () => currentTrace())).toBeUndefined();
  linkTrace(traceparent);
  const steps = (async function* () {
    yield 1;
    return 2;
  })();
  expect(inSpanSteps("talos", "a", {}, () => steps)).toBe(steps);
});

test("Spans lie in each other as the calls do, also of what goes on side by side.", async () => {
  const spans = await recordSpans(async () => {
    await inSpan("talos", "a", { of: "a" }, async () => {
      await Promise.all(
        ["b", "c"].map((name) =>
          inSpan("git", name, {}, async () => {
            await delay(1);
            await inSpan("registries", `of ${name}`, {}, async (span) => span.set({ seen: true }));
          }),
        ),
      );
    });
    await inSpan("talos", "d", {}, async () => undefined);
  });
  expect(spans.map(({ path }) => path).toSorted((a, b) => a.localeCompare(b))).toEqual([
    "a",
    "a > b",
    "a > b > of b",
    "a > c",
    "a > c > of c",
    "d",
  ]);
  expect(spans.find(({ path }) => path === "a")?.facts).toEqual({ of: "a" });
  expect(spans.find(({ path }) => path === "a > b > of b")?.facts).toEqual({ seen: true });
  expect(new Set(spans.map((span) => span.traceId)).size).toBe(2);
});

test("A trace that was stored is gone on with, and what resumes none begins its own.", async () => {
  let inside: string | undefined;
  const spans = await recordSpans(async () => {
    await resumeTrace(traceparent, () =>
      inSpan("talos", "resumed", {}, async () => {
        inside = currentTrace();
        linkTrace("00-11111111111111111111111111111111-2222222222222222-00");
        linkTrace("nonsense");
        await resumeTrace(undefined, () => inSpan("talos", "own", {}, async () => undefined));
        await resumeTrace("nonsense", () => inSpan("talos", "of nonsense", {}, async () => undefined));
      }),
    );
  });
  const find = (path: string) => spans.find((span) => span.path === path);
  expect(find("? > resumed")).toMatchObject({
    traceId,
    links: ["00-11111111111111111111111111111111-2222222222222222"],
  });
  expect(inside).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-01$`));
  expect(find("own")?.traceId).not.toBe(traceId);
  expect(find("of nonsense")?.traceId).not.toBe(traceId);
});

test("Why something failed is told as people read it; the text of a fault, which may hold anything, is not.", async () => {
  const failing = (error: unknown) => inSpan("talos", "a", {}, () => Promise.reject(error)).catch(() => undefined);
  const spans = await recordSpans(async () => {
    await failing(new TalosError("host-unreachable", "nas is away"));
    await failing(new TypeError("of hunter2"));
    await failing("hunter2");
    await failing(new DOMException("hunter2", "AbortError"));
  });
  expect(spans.map(({ failure, facts }) => [failure, facts])).toEqual([
    ["nas is away", { "error.type": "host-unreachable" }],
    ["TypeError", { "error.type": "TypeError" }],
    [undefined, {}],
    [undefined, {}],
  ]);
});

test("What goes step by step is in its span whoever asks for the next step, until it is over.", async () => {
  const seen: (string | undefined)[] = [];
  const steps = (name: string) =>
    inSpanSteps("talos", name, {}, async function* () {
      try {
        yield currentTrace();
        await inSpan("git", "inner", {}, async () => undefined);
        yield currentTrace();
        return "end";
      } finally {
        seen.push(currentTrace());
      }
    });
  const spans = await recordSpans(async () => {
    for await (const step of steps("to the end")) await resumeTrace(traceparent, async () => seen.push(step));
    for await (const step of steps("cut short")) {
      seen.push(step);
      break;
    }
    const failing = inSpanSteps("talos", "failing", {}, async function* () {
      yield 1;
      throw new TalosError("usage", "no");
    });
    await expect(Array.fromAsync(failing)).rejects.toThrow("no");
  });
  expect(spans.map(({ path, failure }) => [path, failure])).toEqual([
    ["to the end > inner", undefined],
    ["to the end", undefined],
    ["cut short", undefined],
    ["failing", "no"],
  ]);
  expect(seen.every((trace) => trace !== undefined)).toBe(true);
  expect(new Set(seen).size).toBe(2);
});

test("Of a source that is switched off nothing is told, and what it calls is told as the caller's.", async () => {
  const spans = await recordSpans(
    () =>
      inSpan("talos", "a", {}, () =>
        inSpan("git", "b", {}, () => inSpan("registries", "c", {}, async () => undefined)),
      ),
    ["git"],
  );
  expect(spans.map(({ path }) => path)).toEqual(["a > c", "a"]);
});

test("What an operation asks of a host lies in it, also when it comes line by line or fails.", async () => {
  const composeLines = ["pulling", "done"];
  const project = { name: "shop", folder: "/srv/shop", files: [], environmentFiles: [], services: ["web"] };
  const host = fakeHost("nas", { composeLines, projects: [project] });
  const talos = fakeTalos([], { hosts: [traceHost(host)] });
  const spans = await recordSpans(async () => {
    await askOperation(talos, "containers", { host: "nas" });
    await askOperation(talos, "project pull", { host: "nas", project: "shop" });
    host.fake.failures.containers = new TalosError("host-refused", "nas says no");
    await askOperation(talos, "containers", { host: "nas" });
  });
  expect(spans.map(({ path, failure }) => [path, failure])).toEqual([
    ["operation containers > host containers", undefined],
    ["operation containers", undefined],
    ["operation project pull > host containers", undefined],
    ["operation project pull > compose pull", undefined],
    ["operation project pull > host containers", undefined],
    ["operation project pull", undefined],
    ["operation containers > host containers", "nas says no"],
    ["operation containers", "host-refused"],
  ]);
  expect(spans[0]?.facts).toEqual({ "talos.host": "nas" });
});
