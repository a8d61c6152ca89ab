import { expect, test } from "vitest";
import { deliver } from "../../src/delivery/push/deliver.ts";
import { scan } from "../../src/delivery/scan/scan.ts";
import type { Store } from "../../src/store/store.ts";
import { deliveryWorld } from "../fixtures/delivery-world.ts";
import { digestOf } from "../fixtures/memory-registries.ts";

const target = "compose:compose.yml#services.web.image";
const signal = new AbortController().signal;

const web = (tag: string, letter: string, policy = "^!") =>
  `services:\n  web:\n    image: web:${tag}@${digestOf(letter)}\n    x-tl: ${policy}\n`;

const before = web("1.1.0", "a");
const after = web("1.1.1", "b");

/** A source whose update to 1.1.1 was delivered. */
async function deliveredWorld() {
  const world = deliveryWorld({
    files: { "compose.yml": before, "other.txt": "1" },
    images: { "docker.io/library/web": { "1.0.0": "c", "1.1.0": "a", "1.1.1": "b" } },
  });
  await world.settle();
  expect(world.repository().read("compose.yml")).toBe(after);
  return { ...world, ours: world.repository().commits()[0]?.id ?? "" };
}

test("An update is committed, told once, and then all is quiet.", async () => {
  const world = await deliveredWorld();
  expect(await world.told("queued", "delivered", "dropped", "superseded", "verified")).toEqual([
    "queued web: web:1.1.0@aaaaaaaa -> web:1.1.1@bbbbbbbb",
    "delivered web: web:1.1.0@aaaaaaaa -> web:1.1.1@bbbbbbbb",
  ]);
  const count = (await world.events()).length;
  for (let round = 0; round < 5; round += 1) {
    world.pass(3600);
    await world.scan();
    await world.deliver();
  }
  expect(await world.events()).toHaveLength(count);
});

test.each([
  ["git revert", (world: Awaited<ReturnType<typeof deliveredWorld>>) => world.repository().revert(world.ours)],
  ["an edit back by hand", (world) => world.repository().edit({ "compose.yml": before })],
  ["a force-push without it", (world) => world.repository().forcePush()],
  ["an older version still", (world) => world.repository().edit({ "compose.yml": web("1.0.0", "c") })],
])("What was undone by %s is not proposed again; the next version is.", async (_, undo) => {
  const world = await deliveredWorld();
  undo(world);
  const undone = world.repository().read("compose.yml");
  await world.settle();
  expect(world.repository().read("compose.yml")).toBe(undone);
  expect(await world.told("reverted")).toEqual([
    "reverted web: web:1.1.0@aaaaaaaa -> web:1.1.1@bbbbbbbb was undone; it is not proposed again until a newer version comes",
  ]);
  const [reference] = (await world.scan()).plan?.references ?? [];
  expect(reference?.verdict).toBe("held");
  expect(reference?.reasons[0]?.code).toBe("reverted");
  Object.assign(world.images["docker.io/library/web"] ?? {}, { "1.1.2": "d" });
  await world.settle();
  expect(world.repository().read("compose.yml")).toBe(web("1.1.2", "d"));
  expect(await world.ports.memory.quarantine.list("")).toEqual([]);
});

test("What was undone goes again once somebody lifts it.", async () => {
  const world = await deliveredWorld();
  world.repository().revert(world.ours);
  await world.settle();
  expect(await world.delivery.unhold("home", target, "ada (terminal)")).toBe(true);
  expect(await world.delivery.unhold("home", target, "ada (terminal)")).toBe(false);
  await world.settle();
  expect(world.repository().read("compose.yml")).toBe(after);
});

test.each([
  ["a newer one", web("1.1.2", "d")],
  ["another image", `services:\n  web:\n    image: nginx:1.1.0\n    x-tl: ^!\n`],
  ["no image at all", "services: {}\n"],
  ["the same tag without its digest", "services:\n  web:\n    image: web:1.1.1\n    x-tl: ^!\n"],
])("A person who moves on to %s has undone nothing.", async (_, text) => {
  const world = await deliveredWorld();
  world.repository().edit({ "compose.yml": text });
  await world.settle();
  expect(await world.told("reverted")).toEqual([]);
  expect(await world.ports.memory.quarantine.list("")).toEqual([]);
});

test("A file that cannot be read for a while does not make Talos forget what it delivered there.", async () => {
  const world = await deliveredWorld();
  world.repository().edit({ "compose.yml": "services: [\n" });
  await world.scan();
  world.repository().edit({ "compose.yml": before });
  await world.settle();
  expect(world.repository().read("compose.yml")).toBe(before);
  expect(await world.told("reverted")).toHaveLength(1);
});

test("Neither do wrong settings of the repository.", async () => {
  const world = await deliveredWorld();
  world.repository().edit({ ".talos.yaml": "Glob:\n  Compoze: {}\n", "compose.yml": before });
  await world.scan();
  world.repository().edit({ ".talos.yaml": undefined });
  await world.settle();
  expect(world.repository().read("compose.yml")).toBe(before);
});

test("A scan that read the branch before a delivery neither queues its update again nor takes it for undone.", async () => {
  const world = deliveryWorld({
    files: { "compose.yml": before },
    images: { "docker.io/library/web": { "1.1.0": "a", "1.1.1": "b" } },
  });
  await world.scan();
  const source = world.source();
  const late = {
    ...source,
    repository: {
      ...source.repository,
      async readHead() {
        const head = await source.repository.readHead();
        world.pass(1);
        await world.deliver();
        world.pass(1);
        return head;
      },
    },
  };
  await scan(late, world.ports, { signal });
  expect(world.repository().read("compose.yml")).toBe(after);
  expect(await world.ports.memory.queue.list("")).toEqual([]);
  await world.settle();
  expect(world.repository().read("compose.yml")).toBe(after);
  expect(await world.told("reverted", "queued")).toHaveLength(1);
});

test("What that scan passed over, the next one looks at, although the branch has not moved since.", async () => {
  const world = deliveryWorld({
    files: { "compose.yml": web("1.1.0", "a", "+:!!!?") },
    images: { "docker.io/library/web": { "1.1.0": "a", "1.1.1": "b" } },
    cacheSeconds: 36_000,
  });
  await world.scan();
  await world.deliver();
  Object.assign(world.images["docker.io/library/web"] ?? {}, { "2.0.0": "d" });
  // Its push was seen by a scan, but not yet what was written about it.
  const source = world.source();
  const delivered = await world.ports.memory.delivered.get(`home ${target}`);
  const head = await source.repository.readHead(signal);
  const slow = {
    ...source,
    repository: {
      ...source.repository,
      async readHead() {
        if (delivered !== undefined)
          await world.ports.store.write([world.ports.memory.delivered.put(delivered.key, delivered.value)]);
        return head;
      },
    },
  };
  await scan(slow, world.ports, { signal });
  expect(await world.told("question-opened")).toEqual([]);
  await world.scan();
  expect(await world.told("question-opened")).toHaveLength(1);
});

test("An undone update is kept back although somebody else writes at the same moment.", async () => {
  const world = await deliveredWorld();
  world.repository().revert(world.ours);
  let isFirst = true;
  const { store, memory } = world.ports;
  const busy: Store = {
    ...store,
    async write(changes, lease) {
      if (isFirst && changes.some((change) => change.kind === "put" && change.collection === "quarantine")) {
        isFirst = false;
        await store.write([memory.quarantine.put(`home ${target}`, [])]);
      }
      return store.write(changes, lease);
    },
  };
  await scan(world.source(), { ...world.ports, store: busy }, { signal });
  expect(isFirst).toBe(false);
  expect(await world.told("reverted")).toHaveLength(1);
  expect(await memory.queue.list("")).toEqual([]);
});

test("A delivery that has to decide again sees first what was undone.", async () => {
  const world = await deliveredWorld();
  Object.assign(world.images["docker.io/library/web"] ?? {}, { "1.1.2": "d" });
  await world.scan();
  delete world.images["docker.io/library/web"]?.["1.1.2"];
  world.repository().revert(world.ours);
  world.pass(1);
  await deliver(world.source(), world.ports, signal);
  await deliver(world.source(), world.ports, signal);
  expect(world.repository().read("compose.yml")).toBe(before);
});

test("Where a part of a file is faulty for good, the rest of it is delivered, and its undoing noticed.", async () => {
  const faulty = (text: string) => `include: other.yml\n${text}`;
  const world = deliveryWorld({
    files: { "compose.yml": faulty(before) },
    images: { "docker.io/library/web": { "1.1.0": "a", "1.1.1": "b" } },
  });
  await world.settle();
  expect(world.repository().read("compose.yml")).toBe(faulty(after));
  world.repository().edit({ "compose.yml": faulty(before) });
  await world.settle();
  expect(await world.told("reverted")).toHaveLength(1);
});
