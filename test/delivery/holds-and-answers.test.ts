import { expect, test } from "vitest";
import { deliver } from "../../src/delivery/push/deliver.ts";
import { deliveryWorld } from "../fixtures/delivery-world.ts";
import { digestOf } from "../fixtures/memory-registries.ts";

const target = "compose:compose.yml#services.web.image";
const key = `home ${target}`;
const signal = new AbortController().signal;
const web = (tag: string, letter: string, policy: string) =>
  `services:\n  web:\n    image: web:${tag}@${digestOf(letter)}\n    x-tl: ${policy}\n`;

/** Patches are pushed, everything larger is asked about. */
function askingWorld(tags: Record<string, string> = { "1.0.0": "a", "2.0.0": "b" }) {
  const world = deliveryWorld({
    files: { "compose.yml": web("1.0.0", "a", "+:!!??") },
    images: { "docker.io/library/web": tags },
  });
  const offer = (more: Record<string, string>) => Object.assign(world.images["docker.io/library/web"] ?? {}, more);
  const image = () => /image: web:(\S+)@/.exec(world.repository().read("compose.yml"))?.[1];
  return { ...world, offer, image };
}

test("What somebody approves is delivered with their name; answering again says what happened.", async () => {
  const world = askingWorld();
  await world.settle();
  expect(world.image()).toBe("1.0.0");
  expect(await world.answer(target, "push")).toMatchObject({ kind: "done" });
  expect(await world.answer(target, "push")).toEqual({
    kind: "no-question",
    text: "already answered by ada (terminal): web: web:1.0.0@aaaaaaaa -> web:2.0.0@bbbbbbbb: will be delivered as soon as it may",
  });
  await world.settle();
  expect(world.image()).toBe("2.0.0");
  expect(world.repository().commits()[0]?.message).toMatch(/\n\nApproved-by: ada \(terminal\)\n$/);
  expect(await world.told("question-opened", "question-answered", "question-closed")).toHaveLength(2);
  expect((await world.answer(target, "ignore")).kind).toBe("no-question");
});

test("A question that is put off is asked again at the next scan, with the same id.", async () => {
  const world = askingWorld();
  await world.scan();
  const [asked] = await world.delivery.questions();
  expect((await world.answer(target, "defer", asked?.question.id)).kind).toBe("done");
  await world.scan();
  expect((await world.delivery.questions())[0]?.question).toMatchObject({ state: "open", id: asked?.question.id });
  await world.scan();
  expect(await world.told("question-opened")).toHaveLength(2);
});

test("A version that is ignored is not asked about again, a newer one is; a delivery of something older changes nothing of that.", async () => {
  const world = askingWorld();
  await world.settle();
  await world.answer(target, "ignore");
  await world.settle();
  expect(await world.delivery.questions()).toEqual([]);
  world.offer({ "1.0.1": "c" });
  await world.settle();
  expect(world.image()).toBe("1.0.1");
  expect(await world.delivery.questions()).toEqual([]);
  world.offer({ "2.0.1": "d" });
  await world.settle();
  expect((await world.delivery.questions())[0]?.question.update.members[0]?.tag).toBe("2.0.1");
});

test("What is ignored again and again does not pile up.", async () => {
  const world = deliveryWorld({
    files: { "compose.yml": `services:\n  web:\n    image: web:latest@${digestOf("a")}\n    x-tl: "@?"\n` },
    images: { "docker.io/library/web": { latest: "b" } },
  });
  for (const letter of ["b", "c", "d", "e", "f"]) {
    Object.assign(world.images["docker.io/library/web"] ?? {}, { latest: letter });
    await world.scan();
    expect((await world.answer(target, "ignore")).kind).toBe("done");
    await world.scan();
    expect(await world.delivery.questions()).toEqual([]);
  }
  expect((await world.ports.memory.quarantine.get(key))?.value).toHaveLength(1);
});

test("A newer version replaces the question; the old one cannot be answered any more, and says why.", async () => {
  const world = askingWorld();
  await world.scan();
  const [old] = await world.delivery.questions();
  world.offer({ "2.1.0": "c" });
  await world.scan();
  expect(await world.delivery.questions()).toHaveLength(1);
  expect(await world.answer(target, "push", old?.question.id)).toEqual({
    kind: "no-question",
    text: "the question is closed: web: web:1.0.0@aaaaaaaa -> web:2.0.0@bbbbbbbb: replaced by 2.1.0",
  });
  expect(await world.ports.memory.queue.list("")).toEqual([]);
  expect(await world.told("question-superseded")).toHaveLength(1);
});

test("What somebody approved takes the place of an older version that policy has queued, and policy does not take it back.", async () => {
  const world = askingWorld({ "1.0.0": "a", "1.0.1": "c", "2.0.0": "b" });
  await world.scan();
  expect(await world.ports.memory.queue.list("")).toHaveLength(1);
  await world.answer(target, "push");
  await world.scan();
  await world.scan();
  expect(await world.delivery.questions()).toEqual([]);
  await world.settle();
  expect(world.image()).toBe("2.0.0");
  expect(world.repository().commits()).toHaveLength(2);
});

test("A question whose file was brought up to date by hand is closed, and says so.", async () => {
  const world = askingWorld();
  await world.scan();
  world.repository().edit({ "compose.yml": web("2.0.0", "b", "+:!!??") });
  await world.scan();
  expect(await world.told("question-closed")).toEqual([
    "question-closed web: web:1.0.0@aaaaaaaa -> web:2.0.0@bbbbbbbb: it is there already",
  ]);
});

test("A question about what policy pushes by now is closed in words that say so.", async () => {
  const world = askingWorld();
  await world.scan();
  world.repository().edit({ "compose.yml": web("1.0.0", "a", "+!") });
  await world.scan();
  expect(await world.told("question-closed")).toEqual([
    "question-closed web: web:1.0.0@aaaaaaaa -> web:2.0.0@bbbbbbbb: its policy lets it go without asking now",
  ]);
});

test("What nobody manages any more is dropped in words that say so.", async () => {
  const world = askingWorld({ "1.0.0": "a", "1.0.1": "c" });
  await world.scan();
  world.repository().edit({ "compose.yml": web("1.0.0", "a", "+!").replace("    x-tl: +!\n", "") });
  await world.scan();
  expect(await world.told("dropped")).toEqual([
    "dropped web: web:1.0.0@aaaaaaaa -> web:1.0.1@cccccccc: no x-talos or x-tl beside it",
  ]);
});

test("Nothing of a target that is held goes: what is queued is dropped, and neither an answer nor a replay gets past it.", async () => {
  const world = askingWorld({ "1.0.0": "a", "1.0.1": "c", "2.0.0": "b" });
  await world.scan();
  expect(await world.delivery.hold("home", target, "ada (terminal)")).toBe(true);
  expect(await world.delivery.hold("home", target, "bob (page)")).toBe(false);
  expect(await world.told("dropped")).toHaveLength(1);
  await world.answer(target, "push");
  await world.deliver();
  expect(world.image()).toBe("1.0.0");
  await world.settle();
  expect(world.image()).toBe("1.0.0");
  expect(await world.ports.memory.queue.list("")).toEqual([]);
  await world.delivery.unhold("home", target, "ada (terminal)");
  await world.settle();
  expect(world.image()).toBe("1.0.1");
});

test("What is held while its delivery looks at the registry is not in the commit.", async () => {
  const world = askingWorld({ "1.0.0": "a", "1.0.1": "c" });
  await world.scan();
  const { registries } = world.ports;
  const ports = {
    ...world.ports,
    registries: {
      ...registries,
      async readDigest(...asked: Parameters<typeof registries.readDigest>) {
        await world.delivery.hold("home", target, "ada (terminal)");
        return registries.readDigest(...asked);
      },
    },
  };
  await deliver(world.source(), ports, signal);
  expect(world.image()).toBe("1.0.0");
});

test("A version that is ignored is shown as held at once, and costs the registries nothing.", async () => {
  const world = askingWorld();
  await world.scan();
  await world.answer(target, "ignore");
  expect((await world.ports.memory.stale.get("home"))?.value.atMs).toBe(world.clock.nowMs);
});

test("Who ignores a version takes back an earlier yes to it that was not delivered yet.", async () => {
  const world = askingWorld();
  await world.scan();
  const [asked] = await world.delivery.questions();
  await world.answer(target, "push");
  if (asked !== undefined)
    await world.ports.store.write([world.ports.memory.questions.put(key, { ...asked.question, id: "again" })]);
  await world.answer(target, "ignore");
  expect(await world.delivery.queue()).toEqual([]);
  await world.settle();
  expect(world.image()).toBe("1.0.0");
  expect(await world.told("dropped")).toHaveLength(1);
});

test("What waits in the queue goes by the delivery window that its policy has by now.", async () => {
  const policy = (window: string) =>
    `services:\n  web:\n    image: web:1.0.0@${digestOf("a")}\n    x-talos: { bump: minor, strategy: push${window} }\n`;
  const world = deliveryWorld({
    files: { "compose.yml": policy("") },
    images: { "docker.io/library/web": { "1.0.0": "a", "1.0.1": "b" } },
  });
  await world.scan();
  const hour = (new Date(world.clock.nowMs).getUTCHours() + 3) % 24;
  const two = (number: number) => String(number).padStart(2, "0");
  world.repository().edit({ "compose.yml": policy(`, window: "${two(hour)}:00-${two((hour + 1) % 24)}:00 UTC"`) });
  await world.scan();
  expect((await world.delivery.queue())[0]?.wait.kind).toBe("window");
  await world.deliver();
  expect(world.repository().commits()).toHaveLength(2);
});
