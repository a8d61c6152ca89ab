import { expect, test } from "vitest";
import { deliveryWorld } from "../fixtures/delivery-world.ts";
import { digestOf } from "../fixtures/memory-registries.ts";

const target = (name: string) => `compose:compose.yml#services.${name}.image`;
const service = (name: string, tag: string, letter: string) =>
  `  ${name}:\n    image: ${name}:${tag}@${digestOf(letter)}\n    x-tl: ^!\n`;
const fileOf = (web: string, webLetter: string) =>
  `services:\n${service("web", web, webLetter)}${service("db", "1.0.0", "a")}`;

/** Both updates failed for good. */
async function buriedWorld() {
  const world = deliveryWorld({
    files: { "compose.yml": fileOf("1.0.0", "a") },
    images: {
      "docker.io/library/web": { "1.0.0": "a", "1.0.1": "b" },
      "docker.io/library/db": { "1.0.0": "a", "1.0.1": "b" },
    },
  });
  world.repository().pushFates.push("refused");
  await world.scan();
  await world.deliver();
  expect(await world.delivery.deadLetters()).toHaveLength(2);
  const images = () =>
    [
      ...world
        .repository()
        .read("compose.yml")
        .matchAll(/image: (\S+)@/g),
    ].map(([, image]) => image);
  return { ...world, image: images };
}

const ada = "ada (terminal)";

test("One dead letter is replayed, the other stays.", async () => {
  const world = await buriedWorld();
  expect(await world.delivery.replay([`home ${target("web")}`, "home nothing"], ada)).toBe(1);
  await world.deliver();
  expect(world.image()).toEqual(["web:1.0.1", "db:1.0.0"]);
  expect((await world.delivery.deadLetters()).map(({ key }) => key)).toEqual([`home ${target("db")}`]);
  const delivered = (await world.events()).find(({ kind }) => kind === "delivered");
  expect(delivered?.cause).toBe("replay by ada (terminal)");
});

test("All are replayed in one commit.", async () => {
  const world = await buriedWorld();
  expect(await world.delivery.replay("all", ada)).toBe(2);
  expect(await world.delivery.replay("all", ada)).toBe(0);
  await world.deliver();
  expect(world.image()).toEqual(["web:1.0.1", "db:1.0.1"]);
  expect(world.repository().commits()).toHaveLength(2);
  expect(await world.delivery.deadLetters()).toEqual([]);
});

test("Dead letters that are cleared are gone, and the next scan queues what is still wanted.", async () => {
  const world = await buriedWorld();
  expect(await world.delivery.clear("all", ada)).toBe(2);
  expect(await world.ports.memory.queue.list("")).toEqual([]);
  await world.settle();
  expect(world.image()).toEqual(["web:1.0.1", "db:1.0.1"]);
});

test("A dead letter that is older than what is in the file writes nothing.", async () => {
  const world = await buriedWorld();
  Object.assign(world.images["docker.io/library/web"] ?? {}, { "1.0.2": "c" });
  world.repository().edit({ "compose.yml": fileOf("1.0.2", "c") });
  await world.delivery.replay([`home ${target("web")}`], ada);
  await world.deliver();
  expect(world.image()).toEqual(["web:1.0.2", "db:1.0.0"]);
  expect(await world.told("dropped")).toEqual([
    "dropped web: web:1.0.0@aaaaaaaa -> web:1.0.1@bbbbbbbb is dropped: web:1.0.2@cccccccc is there, which is newer",
  ]);
});

test.each([
  ["is there by hand", "1.0.1", "b", "it is there already"],
  ["the file has gone past", "1.0.2", "c", "something newer is there"],
])("A dead letter about what %s is removed by the next scan.", async (_, tag, letter, why) => {
  const world = await buriedWorld();
  Object.assign(world.images["docker.io/library/web"] ?? {}, { "1.0.2": "c" });
  world.repository().edit({ "compose.yml": fileOf(tag, letter) });
  await world.scan();
  expect(await world.told("cleared")).toEqual([
    `cleared web: web:1.0.0@aaaaaaaa -> web:1.0.1@bbbbbbbb: ${why}; its dead letter is removed`,
  ]);
});

test("A dead letter gives way to a newer version that is queued meanwhile, and says so.", async () => {
  const world = await buriedWorld();
  Object.assign(world.images["docker.io/library/web"] ?? {}, { "1.0.2": "c" });
  await world.scan();
  expect(await world.delivery.replay([`home ${target("web")}`], ada)).toBe(1);
  expect((await world.told("replayed"))[0]).toMatch(
    /web:1\.0\.1@bbbbbbbb is not queued: web:1\.0\.2@cccccccc is, which is newer$/,
  );
  await world.deliver();
  expect(world.image()).toEqual(["web:1.0.2", "db:1.0.1"]);
});

test("An entry that could not be read stays when all are replayed, and goes when it is cleared.", async () => {
  const world = await buriedWorld();
  await world.ports.store.collection("queue").put("home broken", { of: "another version" });
  await world.scan();
  const [broken] = await world.delivery.deadLetters();
  expect(broken).toEqual({ key: "home broken", letter: undefined, text: '{"of":"another version"}' });
  await world.delivery.replay("all", ada);
  expect(await world.delivery.deadLetters()).toHaveLength(1);
  expect(await world.delivery.clear(["home broken"], ada)).toBe(1);
});
