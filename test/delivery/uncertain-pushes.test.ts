import { describe, expect, test } from "vitest";
import { deliver } from "../../src/delivery/push/deliver.ts";
import { deliveryWorld } from "../fixtures/delivery-world.ts";
import { digestOf } from "../fixtures/memory-registries.ts";

const signal = new AbortController().signal;
const service = (name: string, tag: string, letter: string) =>
  `  ${name}:\n    image: ${name}:${tag}@${digestOf(letter)}\n    x-tl: ^!\n`;
const before = `services:\n${service("web", "1.0.0", "a")}${service("db", "1.0.0", "a")}`;

function twoServices(options: Parameters<typeof deliveryWorld>[0] = {}) {
  const world = deliveryWorld({
    files: { "compose.yml": before },
    images: {
      "docker.io/library/web": { "1.0.0": "a", "1.0.1": "b" },
      "docker.io/library/db": { "1.0.0": "a" },
    },
    ...options,
  });
  const tags = () =>
    [
      ...world
        .repository()
        .read("compose.yml")
        .matchAll(/image: (\S+)@/g),
    ].map(([, image]) => image);
  return { ...world, tags };
}

/** A delivery during which something happens, just before it asks for the branch the second time. */
async function deliverWith(world: ReturnType<typeof twoServices>, happens: () => Promise<void> | void): Promise<void> {
  const source = world.source();
  let looks = 0;
  const readHead = async () => {
    looks += 1;
    if (looks === 2) await happens();
    return source.repository.readHead();
  };
  await deliver({ ...source, repository: { ...source.repository, readHead } }, world.ports, signal);
}

describe("A push of which nobody knows", () => {
  test("that arrived is recorded at once, and not repeated.", async () => {
    const world = twoServices();
    world.repository().pushFates.push("uncertain-arrived");
    await world.scan();
    await world.deliver();
    expect(await world.told("delivered", "retrying")).toHaveLength(1);
    await world.settle();
    expect(world.repository().commits()).toHaveLength(2);
    expect(await world.ports.memory.intentions.list("")).toEqual([]);
  });

  test.each(["moved-arrived", "refused-arrived"] as const)(
    "that the server turned away because it was sent twice is delivered (%s).",
    async (fate) => {
      const world = twoServices();
      world.repository().pushFates.push(fate);
      await world.scan();
      await world.deliver();
      expect(await world.told("delivered", "verified", "retrying", "dead-lettered")).toEqual([
        "delivered web: web:1.0.0@aaaaaaaa -> web:1.0.1@bbbbbbbb",
      ]);
      expect(world.repository().commits()).toHaveLength(2);
      expect(await world.ports.memory.intentions.list("")).toEqual([]);
    },
  );

  test("that did not arrive is repeated later.", async () => {
    const world = twoServices();
    world.repository().pushFates.push("uncertain-lost");
    await world.scan();
    await world.deliver();
    expect(await world.told("delivered", "retrying")).toEqual([
      "retrying web: web:1.0.0@aaaaaaaa -> web:1.0.1@bbbbbbbb is tried again: the connection was lost",
    ]);
    await world.settle();
    expect(world.tags()).toEqual(["web:1.0.1", "db:1.0.0"]);
    expect(world.repository().commits()).toHaveLength(2);
  });

  test("that arrives late is delivered, not found done by somebody; so its undoing is noticed.", async () => {
    const world = twoServices();
    world.repository().pushFates.push("uncertain-late");
    await world.scan();
    await world.deliver();
    world.repository().arriveLate();
    await world.settle();
    expect(await world.told("delivered", "verified")).toHaveLength(1);
    expect((await world.told("delivered")).length).toBe(1);
    world.repository().revert(world.repository().commits()[0]?.id ?? "");
    await world.settle();
    expect(await world.told("reverted")).toHaveLength(1);
  });

  test("that arrives while another delivery is begun is recorded before that one.", async () => {
    const world = twoServices();
    world.repository().pushFates.push("uncertain-late");
    await world.scan();
    await world.deliver();
    Object.assign(world.images["docker.io/library/db"] ?? {}, { "1.0.1": "d" });
    await world.scan();
    // Arrives between the first and the second look at the branch.
    await deliverWith(world, () => world.repository().arriveLate());
    await world.settle();
    expect(world.tags()).toEqual(["web:1.0.1", "db:1.0.1"]);
    expect(await world.told("delivered", "verified")).toEqual([
      "delivered web: web:1.0.0@aaaaaaaa -> web:1.0.1@bbbbbbbb",
      "delivered db: db:1.0.0@aaaaaaaa -> db:1.0.1@dddddddd",
    ]);
  });

  test("that arrives when a newer version has just been queued is told once.", async () => {
    const world = twoServices();
    world.repository().pushFates.push("uncertain-late");
    await world.scan();
    await world.deliver();
    world.pass(60);
    Object.assign(world.images["docker.io/library/web"] ?? {}, { "1.0.2": "c" });
    await deliverWith(world, async () => {
      await world.scan();
      world.repository().arriveLate();
    });
    await world.settle();
    expect(world.tags()).toEqual(["web:1.0.2", "db:1.0.0"]);
    expect(await world.told("delivered", "verified")).toEqual([
      "delivered web: web:1.0.0@aaaaaaaa -> web:1.0.1@bbbbbbbb",
      "delivered web: web:1.0.1@bbbbbbbb -> web:1.0.2@cccccccc",
    ]);
  });

  test("is forgotten when what it held is dropped and it cannot arrive any more.", async () => {
    const world = twoServices();
    world.repository().pushFates.push("uncertain-lost");
    await world.scan();
    await world.deliver();
    world.repository().edit({ "compose.yml": "services: {}\n" });
    await world.scan();
    expect(await world.ports.memory.queue.list("")).toEqual([]);
    const nextMs = await world.deliver();
    expect(await world.ports.memory.intentions.list("")).toHaveLength(1);
    expect(nextMs).toBeGreaterThan(world.clock.nowMs);
    world.clock.nowMs = nextMs ?? 0;
    await world.deliver();
    expect(await world.ports.memory.intentions.list("")).toEqual([]);
    expect(await world.deliver()).toBeUndefined();
  });
});

test("A push that is refused makes dead letters, told once for each version, and leaves nothing behind.", async () => {
  const world = twoServices();
  for (let round = 0; round < 4; round += 1) {
    world.repository().pushFates.push("refused");
    await world.scan();
    await world.deliver();
  }
  expect(await world.told("queued", "dead-lettered")).toEqual([
    "queued web: web:1.0.0@aaaaaaaa -> web:1.0.1@bbbbbbbb",
    "dead-lettered web: web:1.0.0@aaaaaaaa -> web:1.0.1@bbbbbbbb failed: the branch is protected: Let Talos push to it.",
  ]);
  expect(await world.ports.memory.intentions.list("")).toEqual([]);
  Object.assign(world.images["docker.io/library/web"] ?? {}, { "1.0.2": "c" });
  world.repository().pushFates.push("refused");
  await world.scan();
  await world.deliver();
  expect(await world.told("dead-lettered")).toHaveLength(2);
  await world.settle();
  expect(world.tags()).toEqual(["web:1.0.2", "db:1.0.0"]);
  expect(await world.ports.memory.deadLetters.list("")).toEqual([]);
});

test("A branch that moves again and again is caught up with; a person's other changes stay.", async () => {
  const world = twoServices();
  const person = () => void world.repository().edit({ "notes.txt": String(world.repository().commits().length) });
  world.repository().pushFates.push(person, person, person);
  await world.scan();
  await world.deliver();
  expect(world.tags()).toEqual(["web:1.0.1", "db:1.0.0"]);
  expect(world.repository().read("notes.txt")).toBe("3");
  expect(await world.told("retrying", "dead-lettered")).toEqual([]);
  expect(await world.ports.memory.intentions.list("")).toEqual([]);
});

test("A registry that answers another digest every time does not keep a delivery busy for ever.", async () => {
  const world = twoServices();
  await world.scan();
  let flip = 0;
  const ports = {
    ...world.ports,
    registries: {
      ...world.ports.registries,
      readDigest: async () => ({ kind: "found", value: digestOf("cdef"[(flip += 1) % 4] ?? "") }) as const,
    },
  };
  let runs = 0;
  for (; runs < 100; runs += 1) {
    const { nextMs } = await deliver(world.source(), ports, signal);
    if (nextMs === undefined) break;
    if (nextMs > world.clock.nowMs + 1000) break;
    world.clock.nowMs += 1;
  }
  expect(runs).toBeLessThan(10);
});

describe("Room in a throttled registry", () => {
  const throttles = { "docker.io": { limit: 1, perSeconds: 3600 } };

  test("that a dead process had taken is given back although its entry is gone.", async () => {
    const world = twoServices({ throttles });
    await world.scan();
    // It dies once room is reserved.
    world.crashAfter(1);
    await expect(world.deliver()).rejects.toThrow();
    expect(world.restart()).toBe(true);
    expect((await world.ports.memory.throttles.get("docker.io"))?.value.reserved).toEqual({ home: 1 });
    world.repository().edit({ "compose.yml": "services: {}\n" });
    await world.scan();
    await world.deliver();
    expect((await world.ports.memory.throttles.get("docker.io"))?.value.reserved).toEqual({});
  });

  test("is never overdrawn, not even when a late push is found in between.", async () => {
    const world = twoServices({ throttles });
    world.repository().pushFates.push("uncertain-late");
    await world.scan();
    await world.deliver();
    Object.assign(world.images["docker.io/library/db"] ?? {}, { "1.0.1": "d" });
    await world.scan();
    world.repository().arriveLate();
    await world.deliver();
    await world.deliver();
    expect(world.tags()).toEqual(["web:1.0.1", "db:1.0.0"]);
    world.pass(3601);
    await world.deliver();
    expect(world.tags()).toEqual(["web:1.0.1", "db:1.0.1"]);
  });
});

describe("What cannot be read any more", () => {
  test("in the queue is set aside as a dead letter with its text, and stops neither scans nor deliveries.", async () => {
    const world = twoServices();
    const key = "home compose:compose.yml#services.web.image";
    await world.ports.store.collection("queue").put(key, { of: "another version" });
    await world.scan();
    await world.settle();
    expect(world.tags()).toEqual(["web:1.0.1", "db:1.0.0"]);
    expect((await world.told("dead-lettered")).length).toBe(1);
  });

  test.each(["question", "announced", "delivered", "quarantine", "dead-letter", "broken-group"])(
    "in %s is forgotten, told of, and stops nothing.",
    async (collection) => {
      const world = twoServices();
      const key = "home compose:compose.yml#services.web.image";
      await world.ports.store.collection(collection).put(key, { of: "another version" });
      await world.settle();
      expect(world.tags()).toEqual(["web:1.0.1", "db:1.0.0"]);
      expect(await world.told("dropped")).toHaveLength(1);
    },
  );

  test.each(["intention", "branch", "scan", "stale"])("in %s stops nothing.", async (collection) => {
    const world = twoServices();
    await world.ports.store.collection(collection).put("home", "nonsense");
    await world.settle();
    expect(world.tags()).toEqual(["web:1.0.1", "db:1.0.0"]);
  });
});
