import { describe, expect, test } from "vitest";
import { scan } from "../../src/delivery/scan/scan.ts";
import { readScanRecord } from "../../src/delivery/scan/scan-record.ts";
import { deliveryWorld } from "../fixtures/delivery-world.ts";
import { digestOf } from "../fixtures/memory-registries.ts";

const target = "compose:compose.yml#services.web.image";
const signal = new AbortController().signal;
const web = (policy: string) => `services:\n  web:\n    image: web:1.0.0@${digestOf("a")}\n    x-tl: "${policy}"\n`;

/** Scanned once, with answers that are good for an hour. */
async function scannedWorld(policy = "^!", tags: Record<string, string> = { "1.0.0": "a" }) {
  const world = deliveryWorld({
    files: { "compose.yml": web(policy) },
    images: { "docker.io/library/web": tags },
    cacheSeconds: 3600,
  });
  await world.scan();
  const { asked } = world;
  const looks = async (work: () => Promise<unknown>) => {
    const before = asked.length;
    await work();
    return asked.length - before;
  };
  return { ...world, looks };
}

test("A source in which nothing can have changed costs one look at its branch.", async () => {
  const world = await scannedWorld();
  const { readHead } = world.repository().calls;
  expect(await world.looks(() => world.scan())).toBe(0);
  expect(world.repository().calls.readHead).toBe(readHead + 1);
});

describe("What a scan found", () => {
  const kept = async (world: Awaited<ReturnType<typeof scannedWorld>>) => {
    const { memory } = world.ports;
    const { id } = world.source();
    return { record: await readScanRecord(id, memory), version: (await memory.plans.get(id))?.version };
  };

  test("is not written again when the next one finds the same.", async () => {
    const world = await scannedWorld();
    const { record } = await kept(world);
    expect(record).toMatchObject({ commit: expect.any(String), plan: { references: [{ verdict: "current" }] } });
    world.pass(3601);
    expect(await world.looks(() => world.scan())).toBeGreaterThan(0);
    const again = await kept(world);
    expect(again.version).toBe(1);
    expect(again.record).toEqual({ ...record, startedMs: expect.any(Number), endedMs: expect.any(Number) });
    expect(again.record?.startedMs).toBeGreaterThan(record?.startedMs ?? 0);
  });

  test("is written again when it is something else, or has gone.", async () => {
    const world = await scannedWorld();
    world.images["docker.io/library/web"] = { "1.0.0": "a", "1.1.0": "b" };
    world.pass(3601);
    await world.scan();
    expect(await kept(world)).toMatchObject({ version: 2, record: { plan: { references: [{ verdict: "update" }] } } });
    await world.ports.store.write([world.ports.memory.plans.delete(world.source().id)]);
    expect((await kept(world)).record?.plan).toBeUndefined();
    await world.scan();
    expect((await kept(world)).record?.plan?.references).toMatchObject([{ verdict: "update" }]);
  });

  test("stays while a scan fails, and is there while the next is under way.", async () => {
    const world = await scannedWorld();
    world.pass(3601);
    world.crashAfter(1);
    await expect(world.scan()).rejects.toThrow();
    world.restart();
    const { record } = await kept(world);
    expect(record).toMatchObject({ plan: { references: [{ verdict: "current" }] } });
    expect(record?.endedMs).toBeUndefined();
  });
});

describe("A scan looks again", () => {
  test("when the branch has moved.", async () => {
    const world = await scannedWorld();
    world.repository().edit({ "notes.txt": "" });
    expect(await world.looks(() => world.scan())).toBeGreaterThan(0);
  });

  test("when the answers are no longer good, counted from when they were asked for.", async () => {
    const world = await scannedWorld();
    world.pass(3000);
    expect(await world.looks(() => world.scan())).toBe(0);
    world.pass(601);
    expect(await world.looks(() => world.scan())).toBeGreaterThan(0);
  });

  test("when the configuration is another one.", async () => {
    const world = await scannedWorld();
    expect(
      await world.looks(() => scan(world.source(), { ...world.ports, isWrittenInFull: true }, { signal })),
    ).toBeGreaterThan(0);
  });

  test("when the one before was interrupted.", async () => {
    const world = await scannedWorld();
    world.pass(3601);
    world.crashAfter(1);
    await expect(world.scan()).rejects.toThrow();
    world.restart();
    expect(await world.looks(() => world.scan())).toBeGreaterThan(0);
  });

  test("when the one before failed.", async () => {
    const world = await scannedWorld();
    world.repository().failingReads = 1;
    await expect(world.scan()).rejects.toThrow();
    expect(await world.looks(() => world.scan())).toBeGreaterThan(0);
    expect(await world.told("scan-failed", "scan-recovered")).toHaveLength(2);
  });

  test.each(["hold", "unhold"] as const)("after %s.", async (what) => {
    const world = await scannedWorld("^!", { "1.0.0": "a", "1.0.1": "b" });
    if (what === "unhold") {
      await world.delivery.hold("home", target, "ada");
      await world.scan();
    }
    await world.delivery[what]("home", target, "ada");
    const [reference] = (await world.scan()).plan?.references ?? [];
    expect(reference?.verdict).toBe(what === "hold" ? "held" : "update");
  });

  test("for a question that was put off, once.", async () => {
    const world = await scannedWorld("^?", { "1.0.0": "a", "1.0.1": "b" });
    await world.answer(target, "defer");
    expect(await world.looks(() => world.scan())).toBeGreaterThan(0);
    expect(await world.looks(() => world.scan())).toBe(0);
  });

  test("for what could not be looked up.", async () => {
    const world = await scannedWorld("^!", { "1.0.0": "a" });
    world.repository().edit({ "notes.txt": "" });
    world.unreachable.add("docker.io/library/web");
    await world.scan();
    world.unreachable.clear();
    const [reference] = (await world.scan()).plan?.references ?? [];
    expect(reference?.verdict).toBe("current");
  });
});
