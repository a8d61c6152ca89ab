import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type DeliveryWorld, deliveryWorld } from "../fixtures/delivery-world.ts";
import { digestOf } from "../fixtures/memory-registries.ts";

/** One group across four kinds of files. */
const members = ["server", "worker", "base", "chart"] as const;
type Member = (typeof members)[number];
const settings = `Glob:
  DockerCompose: {}
  Dockerfile: {}
  Env: {}
  Yaml:
    - IncludeGlobs: ["values.yaml"]
      AncestorPath: apps.*
      RelativeImagePath: image
      RelativeTalosPath: talos
`;

const files = (tag: string, letter: string, digest: boolean) => {
  const image = (member: Member) => `${member}:${tag}@${digestOf(letter)}`;
  return {
    ".talos.yaml": settings,
    "compose.yml": `services:\n  server:\n    image: ${image("server")}\n    x-talos: { bump: major, strategy: push, sync: { role: parent, group: all, id: server, children: [worker, base, chart], digest: ${digest} } }\n`,
    "deep/.env": `WORKER_IMAGE=${image("worker")}\n# !talos sync.role=child sync.group=all sync.id=worker\n`,
    Dockerfile: `FROM ${image("base")}\n# !talos sync.role=child sync.group=all sync.id=base\n`,
    "values.yaml": `apps:\n  chart:\n    image: ${image("chart")}\n    talos: { sync: { role: child, group: all, id: chart } }\n`,
  };
};

function imagesNow(world: DeliveryWorld, commit = world.repository().commits()[0]): readonly string[] {
  const text = Object.entries(commit?.files ?? {})
    .filter(([path]) => path !== ".talos.yaml")
    .map(([, content]) => content)
    .join("");
  return [...text.matchAll(/(?:server|worker|base|chart):([\d.]+@\S+)/g)].map(([, image = ""]) => image);
}

const openGroup = (digest: boolean, options: Parameters<typeof deliveryWorld>[0] = {}) =>
  deliveryWorld({
    files: files("1.0.0", "a", digest),
    images: Object.fromEntries(members.map((member) => [`docker.io/library/${member}`, { "1.0.0": "a" }])),
    ...options,
  });

/** Each version has a digest of its own: one digest under two tags is one version. */
const letterOf = (tag: string) => ({ "1.0.1": "b", "1.1.0": "c" })[tag] ?? "d";

const release = ({ images }: DeliveryWorld, member: Member, tag: string, letter: string) =>
  Object.assign(images[`docker.io/library/${member}`] ?? {}, { [tag]: letter });

describe.each([false, true])("A group with `digest: %s`", (digest) => {
  test("changes whole whenever its members' tags appear.", async () => {
    const appearance = fc.record({
      tag: fc.constantFrom("1.0.1", "1.1.0", "2.0.0"),
      late: fc.tuple(...members.map(() => fc.nat(6))),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(appearance, { minLength: 1, maxLength: 3 }), async (appearances) => {
        const world = openGroup(digest);
        for (let round = 0; round <= 7; round += 1) {
          for (const { tag, late } of appearances)
            for (const [index, member] of members.entries())
              if (late[index] === round) release(world, member, tag, letterOf(tag));
          await world.scan();
          await world.deliver();
        }
        await world.settle();
        for (const commit of world.repository().commits()) {
          const images = imagesNow(world, commit);
          expect(images).toHaveLength(4);
          expect(new Set(images).size).toBe(1);
        }
        const highest = appearances
          .map(({ tag }) => tag)
          .sort()
          .at(-1);
        expect(imagesNow(world)[0]).toBe(`${highest}@${digestOf(letterOf(highest ?? ""))}`);
        expect(await world.told("dead-lettered", "dropped", "retrying", "group-incomplete")).toEqual([]);
      }),
      { numRuns: 25 },
    );
  }, 30_000);

  test("says that it waits, and for whom.", async () => {
    const world = openGroup(digest);
    for (const member of members.slice(1)) release(world, member, "1.0.1", "b");
    const record = await world.scan();
    expect(record.plan?.references.map(({ verdict }) => verdict)).toEqual(["held", "held", "held", "held"]);
    expect(record.plan?.references[0]?.reasons[0]?.text).toBe("1.0.1 waits for server: not to be had there yet");
  });
});

test("With `digest: true` new digests of the same tag go together too, and only those that changed are in the commit.", async () => {
  const world = openGroup(true);
  release(world, "base", "1.0.0", "c");
  await world.settle();
  expect(imagesNow(world).filter((image) => image.endsWith(digestOf("c")))).toHaveLength(1);
  expect(world.repository().commits()[0]?.message).toBe(
    "[Talos] Updating images\n\nDockerfile\n  Dockerfile: base:1.0.0@aaaaaaaa -> base:1.0.0@cccccccc\n",
  );
});

test("Without it they stay.", async () => {
  const world = openGroup(false);
  release(world, "base", "1.0.0", "c");
  await world.settle();
  expect(world.repository().commits()).toHaveLength(1);
});

test("A member that somebody moved on its own meanwhile keeps the others back.", async () => {
  const world = openGroup(true);
  release(world, "base", "1.0.0", "c");
  await world.scan();
  const { Dockerfile } = files("1.0.0", "a", true);
  world.repository().edit({ "values.yaml": files("1.0.1", "a", true)["values.yaml"] });
  await world.deliver();
  await world.deliver();
  expect(world.repository().read("Dockerfile")).toBe(Dockerfile);
});

test("A group that is larger than a throttle's limit is told of once, and goes when the limit is raised.", async () => {
  const world = openGroup(false, { throttles: { "docker.io": { limit: 3, perSeconds: 60 } } });
  for (const member of members) release(world, member, "1.0.1", "b");
  for (let round = 0; round < 4; round += 1) {
    await world.scan();
    await world.deliver();
    world.pass(61);
  }
  expect(await world.told("waiting")).toEqual([
    "waiting all: base:1.0.0@aaaaaaaa -> base:1.0.1@bbbbbbbb and 3 others is held: docker.io: this update has 4 images at once, more than the limit of 3",
  ]);
  expect((await world.delivery.queue())[0]?.wait.kind).toBe("too-large");
  expect(world.repository().commits()).toHaveLength(1);
});

test("A group that lacks a member is told of once; what it had queued is dropped; it goes when it is whole again.", async () => {
  const world = openGroup(false);
  for (const member of members) release(world, member, "1.0.1", "b");
  await world.scan();
  const whole = world.repository().read("values.yaml");
  world.repository().edit({ "values.yaml": "apps: {}\n" });
  for (let round = 0; round < 3; round += 1) await world.scan();
  expect(await world.told("group-incomplete", "dropped")).toEqual([
    "dropped all: base:1.0.0@aaaaaaaa -> base:1.0.1@bbbbbbbb and 3 others is not wanted any more: sync group all lacks chart, which its parent lists; add it, or take it off `children`",
    "group-incomplete sync group all lacks chart, which its parent lists; add it, or take it off `children`",
  ]);
  await world.deliver();
  expect(world.repository().commits()[0]?.author).toBe("ada");
  world.repository().edit({ "values.yaml": whole });
  await world.settle();
  expect(new Set(imagesNow(world))).toEqual(new Set([`1.0.1@${digestOf("b")}`]));
  world.repository().edit({ "values.yaml": "apps: {}\n" });
  await world.settle();
  expect(await world.told("group-incomplete")).toHaveLength(2);
});

test("A group whose member was undone is quarantined as a whole, and the next version goes as a whole.", async () => {
  const world = openGroup(false);
  for (const member of members) release(world, member, "1.0.1", "b");
  await world.settle();
  world.repository().edit({ Dockerfile: files("1.0.0", "a", false).Dockerfile });
  await world.settle();
  expect(await world.told("reverted")).toHaveLength(1);
  for (const member of members) release(world, member, "1.0.2", "d");
  await world.settle();
  expect(new Set(imagesNow(world))).toEqual(new Set([`1.0.2@${digestOf("d")}`]));
});

test("What somebody approved for a group goes for the rest of it, when one member was brought there by hand meanwhile.", async () => {
  const asking = (tag: string, letter: string) => {
    const whole = files(tag, letter, false);
    return { ...whole, "compose.yml": whole["compose.yml"].replace("strategy: push", "strategy: prompt") };
  };
  const world = openGroup(false, { files: asking("1.0.0", "a") });
  for (const member of members) release(world, member, "1.0.1", "b");
  await world.scan();
  expect((await world.answer("group:all", "push")).kind).toBe("done");
  world.repository().edit({ Dockerfile: asking("1.0.1", "b").Dockerfile });
  await world.deliver();
  await world.deliver();
  expect(new Set(imagesNow(world))).toEqual(new Set([`1.0.1@${digestOf("b")}`]));
  expect(world.repository().commits()[0]?.message).toContain("Approved-by: ada (terminal)");
});
