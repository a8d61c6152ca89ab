import { afterEach, expect, test } from "vitest";
import { leaveScanTrace } from "../../src/delivery/scan/scan-traces.ts";
import { inSpan, installTracer, resumeTrace } from "../../src/telemetry/trace.ts";
import { Crash, type DeliveryWorld, type DeliveryWorldOptions, deliveryWorld } from "../fixtures/delivery-world.ts";
import { type RecordedSpan, recordSpans } from "./record-spans.ts";

afterEach(() => installTracer(undefined));

const service = (name: string, strategy = "push") =>
  `  ${name}:\n    image: ${name}:1.0.0\n    x-talos: { bump: major, strategy: ${strategy}, pin: false }\n`;

function openWorld(options: DeliveryWorldOptions = {}): DeliveryWorld {
  return deliveryWorld({
    files: { "compose.yml": `services:\n${service("web")}${service("db")}` },
    images: { "docker.io/library/web": { "1.0.0": "a" }, "docker.io/library/db": { "1.0.0": "a" } },
    ...options,
  });
}

/** A new version, which a scan in a trace of its own has found and queued. */
async function findUpdate(world: DeliveryWorld, image: "web" | "db", tag: string): Promise<void> {
  world.images[`docker.io/library/${image}`] = { "1.0.0": "a", [tag]: tag };
  await resumeTrace(undefined, () => world.scan());
}

const deliver = (world: DeliveryWorld) => resumeTrace(undefined, () => world.deliver());
const traceOf = (span: RecordedSpan | undefined) => span?.traceId;

test("A delivery of what several scans have found is in the trace of the first, with a link to the other.", async () => {
  const world = openWorld();
  const spans = await recordSpans(async () => {
    await findUpdate(world, "web", "1.1.0");
    await findUpdate(world, "db", "1.1.0");
    await deliver(world);
  });
  const [first, second] = spans.filter(({ path }) => path === "scan");
  const pass = spans.find(({ path }) => path === "scan > queue pass");
  expect(traceOf(first)).not.toBe(traceOf(second));
  expect(traceOf(pass)).toBe(traceOf(first));
  expect(pass?.links.map((link) => link.slice(3, 35))).toEqual([traceOf(second)]);
  expect(pass?.facts).toMatchObject({ "talos.source": "home", "talos.ready": 2, "talos.waiting": 0 });
});

test("A pass in which nothing may go makes no span.", async () => {
  const world = openWorld({ throttles: { "docker.io": { limit: 0, perSeconds: 60 } } });
  const spans = await recordSpans(async () => {
    await deliver(world);
    await findUpdate(world, "web", "1.1.0");
    await deliver(world);
  });
  expect(await world.delivery.queue()).toHaveLength(1);
  expect(spans.map(({ path }) => path).filter((path) => !path.startsWith("scan > look up"))).toEqual(["scan"]);
});

test("What is tried again stays in its trace, and a version that takes another's place brings its own.", async () => {
  const world = openWorld();
  const spans = await recordSpans(async () => {
    await findUpdate(world, "web", "1.1.0");
    world.repository().pushFates.push("uncertain-lost");
    await deliver(world);
    world.pass(3600);
    await deliver(world);
    await findUpdate(world, "db", "1.1.0");
    await findUpdate(world, "db", "1.2.0");
    await deliver(world);
  });
  const scans = spans.filter(({ path }) => path === "scan").map(traceOf);
  const passes = spans.filter(({ path }) => path === "scan > queue pass").map(traceOf);
  expect(passes).toEqual([scans[0], scans[0], scans[2]]);
});

test("What is approved goes on with the trace of who approved, also where the scan that asked was not traced.", async () => {
  const world = openWorld({ files: { "compose.yml": `services:\n${service("web", "prompt")}` } });
  await findUpdate(world, "web", "1.1.0");
  const spans = await recordSpans(async () => {
    await inSpan("talos", "approval", {}, () => world.answer("compose:compose.yml#services.web.image", "push"));
    await deliver(world);
  });
  expect(spans.map(({ path }) => path)).toEqual(
    expect.arrayContaining(["approval", "approval > queue pass", "approval > queue pass > deliver"]),
  );
});

test("A dead letter that is replayed goes on with the trace of who replayed it.", async () => {
  const world = openWorld();
  const spans = await recordSpans(async () => {
    await findUpdate(world, "web", "1.1.0");
    world.repository().pushFates.push("refused");
    await deliver(world);
    await inSpan("talos", "replay", {}, () => world.delivery.replay("all", "ada (terminal)"));
    await deliver(world);
  });
  const passes = spans.map(({ path }) => path).filter((path) => path.endsWith("> queue pass"));
  expect(passes).toEqual(["scan > queue pass", "replay > queue pass"]);
});

test("A scan goes on with whoever asked first, is linked to the others, and the next one is of its own.", async () => {
  const world = openWorld();
  const ask = (name: string) => inSpan("talos", name, {}, () => leaveScanTrace("home", world.ports));
  const spans = await recordSpans(async () => {
    await ask("first");
    await ask("second");
    await ask("third");
    await resumeTrace(undefined, () => world.scan());
    await resumeTrace(undefined, () => world.scan());
  });
  const scans = spans.filter(({ path }) => path.endsWith("scan"));
  expect(scans.map(({ path }) => path)).toEqual(["first > scan", "scan"]);
  const others = spans.filter(({ path }) => path === "second" || path === "third").map(traceOf);
  expect(scans[0]?.links.map((link) => link.slice(3, 35))).toEqual(others);
});

test("Nothing of traces is stored where there are none.", async () => {
  const world = openWorld();
  await leaveScanTrace("home", world.ports);
  await findUpdate(world, "web", "1.1.0");
  expect(await world.ports.memory.scanTraces.get("home")).toBeUndefined();
  expect(JSON.stringify(await world.delivery.queue())).not.toContain("trace");
  expect(JSON.stringify(await world.events())).not.toContain("trace");
});

test("What a process that died has pushed is told in the trace of its delivery, wherever it died.", async () => {
  const recovered: string[] = [];
  for (let steps = 1; steps < 12; steps += 1) {
    const world = openWorld();
    const spans = await recordSpans(async () => {
      await findUpdate(world, "web", "1.1.0");
      world.crashAfter(steps);
      await deliver(world).catch((error: unknown) => {
        if (!(error instanceof Crash)) throw error;
      });
      world.restart();
      world.pass(60);
      await deliver(world);
    });
    expect((await world.events()).filter(({ kind }) => kind === "delivered")).toHaveLength(1);
    recovered.push(...spans.map(({ path }) => path).filter((path) => path.endsWith("recover push")));
  }
  expect(new Set(recovered)).toEqual(new Set(["scan > recover push"]));
});
