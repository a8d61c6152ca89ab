import { describe, expect, test } from "vitest";
import { makeUpdate } from "../../../test/fixtures/make-update.ts";
import { type Circumstances, decideQueue, type KeyedEntry } from "./decide-queue.ts";
import type { QueueEntry } from "./queue-entry.ts";

/** Saturday noon in UTC. */
const now = Date.UTC(2026, 0, 10, 12);
const second = 1000;
const hour = 3_600_000;
const perHour = (limit: number) => ({ limit, perSeconds: 3600 });

const quiet: Circumstances = {
  nowMs: now,
  timeZone: "UTC",
  throttles: new Map([["docker.io", perHour(2)]]),
  counted: new Map(),
  reserved: new Map(),
  cooldownUntil: new Map(),
};
const delivered = (...counts: readonly (readonly [agoMs: number, count: number])[]) =>
  new Map([["docker.io", counts.map(([agoMs, count], index) => ({ id: `${index}`, atMs: now - agoMs, count }))]]);

/** An entry in the order of its key, of so many images of docker.io unless others are named. */
function entry(key: string, images: number | readonly string[] = 1, facts: Partial<QueueEntry> = {}): KeyedEntry {
  const named =
    typeof images === "number" ? Array.from({ length: images }, () => `docker.io/library/${key}:2`) : images;
  const update = makeUpdate(named, { target: key });
  return { key, entry: { update, cause: { kind: "policy", atMs: 0 }, queuedMs: 0, attempts: 0, ...facts } };
}

const kinds = (entries: readonly KeyedEntry[], circumstances: Partial<Circumstances> = {}) =>
  decideQueue(entries, { ...quiet, ...circumstances }).map(({ key, wait }) => `${key} ${wait.kind}`);
const waitOf = (key: string, entries: readonly KeyedEntry[], circumstances: Partial<Circumstances> = {}) =>
  decideQueue(entries, { ...quiet, ...circumstances }).find((waiting) => waiting.key === key)?.wait;

describe("the order", () => {
  test("is by the time of queuing, then by key", () => {
    const entries = [entry("c"), entry("b"), entry("a", 1, { queuedMs: 5 })];
    expect(kinds(entries)).toEqual(["b ready", "c ready", "a throttle"]);
  });
});

describe("the throttle", () => {
  test("lets as many images through as its limit, and takes the room of each at once", () => {
    expect(kinds([entry("a"), entry("b"), entry("c")])).toEqual(["a ready", "b ready", "c throttle"]);
  });

  test.each([
    ["what was delivered within the window counts", { counted: delivered([hour - 1, 1]) }, "throttle"],
    ["what was delivered a whole window ago does not", { counted: delivered([hour, 1]) }, "ready"],
    ["what is under way counts", { reserved: new Map([["docker.io", 1]]) }, "throttle"],
    ["another domain does not matter", { reserved: new Map([["ghcr.io", 9]]) }, "ready"],
    ["a domain without a throttle is free", { throttles: new Map(), reserved: new Map([["docker.io", 9]]) }, "ready"],
  ])("%s", (_, circumstances, expected) => {
    expect(waitOf("a", [entry("a", 2)], circumstances)?.kind).toBe(expected);
  });

  test("tells how much is used and when there is room", () => {
    const counted = delivered([50 * 60 * second, 1], [20 * 60 * second, 1]);
    expect(waitOf("a", [entry("a")], { counted })).toEqual({
      kind: "throttle",
      text: "docker.io: 2 of 2 images in an hour are used",
      untilMs: now + 10 * 60 * second,
    });
    expect(waitOf("a", [entry("a", 2)], { counted })).toEqual({
      kind: "throttle",
      text: "docker.io: 2 of 2 images in an hour are used, and this update needs 2",
      untilMs: now + 40 * 60 * second,
    });
  });

  test("counts what older ones wait for when it tells the time", () => {
    const counted = delivered([50 * 60 * second, 1], [20 * 60 * second, 1]);
    const entries = [entry("a"), entry("b"), entry("c")];
    expect(waitOf("b", entries, { counted })?.untilMs).toBe(now + 40 * 60 * second);
    expect(waitOf("c", entries, { counted })?.untilMs).toBeUndefined();
  });

  test("tells no time when what is under way is in the way", () => {
    expect(waitOf("a", [entry("a")], { reserved: new Map([["docker.io", 2]]) })?.untilMs).toBeUndefined();
    const mixed = { reserved: new Map([["docker.io", 1]]), counted: delivered([hour / 2, 1]) };
    expect(waitOf("a", [entry("a")], mixed)?.untilMs).toBe(now + hour / 2);
    expect(waitOf("a", [entry("a", 2)], mixed)?.untilMs).toBeUndefined();
  });

  test("waits for the last of several domains", () => {
    const throttles = new Map([
      ["docker.io", perHour(1)],
      ["ghcr.io", { limit: 1, perSeconds: 86_400 }],
    ]);
    const counted = new Map(
      ["docker.io", "ghcr.io"].map((domain) => [domain, [{ id: "1", atMs: now - second, count: 1 }]]),
    );
    const images = ["docker.io/library/a:2", "ghcr.io/a/a:2"];
    for (const order of [images, images.toReversed()])
      expect(waitOf("a", [entry("a", order)], { throttles, counted })?.untilMs).toBe(now - second + 24 * hour);
  });

  test("with a limit of 0 lets nothing through, and says so", () => {
    const throttles = new Map([["docker.io", perHour(0)]]);
    const both = entry("b", ["ghcr.io/a/a:2", "docker.io/library/a:2"]);
    expect(kinds([entry("a"), both, entry("c", ["ghcr.io/a/a:2"])], { throttles })).toEqual([
      "a limit-zero",
      "b limit-zero",
      "c ready",
    ]);
    expect(waitOf("a", [entry("a")], { throttles })).toEqual({
      kind: "limit-zero",
      text: "docker.io: its throttle has the limit 0, which lets nothing through",
      untilMs: undefined,
    });
  });

  test("is not blocked by an update that is larger than the limit", () => {
    expect(kinds([entry("a", 3), entry("b"), entry("c")])).toEqual(["a too-large", "b ready", "c ready"]);
    expect(waitOf("a", [entry("a", 3)])).toEqual({
      kind: "too-large",
      text: "docker.io: this update has 3 images at once, more than the limit of 2",
      untilMs: undefined,
    });
  });
});

test("what never fits is said before what holds it for a while", () => {
  const facts = { notBeforeMs: now + hour };
  expect(kinds([entry("a", 3, facts), entry("b", 1, facts)])).toEqual(["a too-large", "b back-off"]);
});

describe("room that an older update waits for", () => {
  const counted = delivered([hour / 2, 1]);

  test("is not taken by a younger one that would fit", () => {
    expect(kinds([entry("a", 2), entry("b")], { counted })).toEqual(["a throttle", "b behind"]);
    const throttles = new Map([["docker.io", perHour(3)]]);
    const two = delivered([hour / 2, 1], [hour / 4, 1]);
    expect(waitOf("b", [entry("a", 2), entry("b")], { counted: two, throttles })).toEqual({
      kind: "behind",
      text: "docker.io: the room that is left is kept for a:2, a:2, which was queued before",
      untilMs: now + (hour * 3) / 4,
    });
  });

  test("is kept in every domain it needs, also by those behind it", () => {
    const throttles = new Map([
      ["docker.io", perHour(2)],
      ["ghcr.io", perHour(1)],
      ["quay.io", perHour(1)],
    ]);
    const entries = [
      entry("a", ["docker.io/library/a:2", "docker.io/library/b:2", "ghcr.io/a/a:2"]),
      entry("b", ["ghcr.io/a/a:2", "quay.io/a/a:2"]),
      entry("c", ["quay.io/a/a:2"]),
    ];
    expect(kinds(entries, { counted, throttles })).toEqual(["a throttle", "b behind", "c behind"]);
  });

  test("leaves the rest to younger ones", () => {
    const throttles = new Map([["docker.io", perHour(3)]]);
    const entries = [entry("a", 1, { queuedMs: 1 }), entry("b", ["docker.io/library/b:2", "ghcr.io/b/b:2"])];
    const full = { throttles: throttles.set("ghcr.io", perHour(1)), reserved: new Map([["ghcr.io", 1]]), counted };
    expect(kinds(entries, full)).toEqual(["b throttle", "a ready"]);
  });

  test.each([
    ["back-off", { notBeforeMs: now + 1 }, {}],
    ["cooldown", {}, { cooldownUntil: new Map([["home", now + 1]]) }],
  ] as const)("is not kept for one that is held back by its %s", (kind, facts, circumstances) => {
    const other = entry("b", 2);
    const elsewhere = { ...other, entry: { ...other.entry, update: { ...other.entry.update, source: "work" } } };
    expect(kinds([entry("a", 2, facts), elsewhere], circumstances)).toEqual([`a ${kind}`, "b ready"]);
  });
});

describe("an entry is held back", () => {
  test("but not when its merge request is only made anew, whatever the throttle and the cooldown", () => {
    const full = { counted: delivered([1, 2]), cooldownUntil: new Map([["home", now + hour]]) };
    const again = entry("a", 1, { isRebuild: true });
    expect(kinds([again, entry("b")], full)).toEqual(["a ready", "b cooldown"]);
    expect(kinds([again, entry("b", 2)])).toEqual(["a ready", "b ready"]);
  });

  const windowed = (window: readonly string[], facts: Partial<QueueEntry> = {}) => {
    const plain = entry("a", 1, facts);
    return { ...plain, entry: { ...plain.entry, update: { ...plain.entry.update, window: [...window] } } };
  };

  test("after a failure until its next attempt", () => {
    const failed = { attempts: 2, notBeforeMs: now + second, lastError: "no route to host" };
    expect(waitOf("a", [entry("a", 1, failed)])).toEqual({
      kind: "back-off",
      text: "failed 2 times, at last: no route to host",
      untilMs: now + second,
    });
    expect(kinds([entry("a", 1, { ...failed, notBeforeMs: now })])).toEqual(["a ready"]);
  });

  test("while its source rests after a delivery", () => {
    const cooldownUntil = (untilMs: number) => ({ cooldownUntil: new Map([["home", untilMs]]) });
    expect(waitOf("a", [entry("a")], cooldownUntil(now + 1))).toEqual({
      kind: "cooldown",
      text: "its branch rests after the last delivery",
      untilMs: now + 1,
    });
    expect(kinds([entry("a")], cooldownUntil(now))).toEqual(["a ready"]);
  });

  test("outside its delivery windows", () => {
    expect(waitOf("a", [windowed(["Mon-Fri 22:00-06:00", "Sat 20:00-21:00"])])).toEqual({
      kind: "window",
      text: "outside its delivery window Mon-Fri 22:00-06:00; Sat 20:00-21:00",
      untilMs: now + 8 * hour,
    });
  });

  test.each([
    ["inside one of several", ["Mon", "Sat 11:00-13:00"], "UTC", "ready"],
    ["in the time zone of the machine", ["12:00-13:00"], "Europe/Berlin", "window"],
    ["in the time zone it names", ["13:00-14:00 Europe/Berlin"], "UTC", "ready"],
    ["with a text that is none, as without", ["whenever"], "UTC", "ready"],
    ["with one that is none beside one that is", ["whenever", "13:00-14:00"], "UTC", "window"],
  ])("%s", (_, window, timeZone, expected) => {
    expect(waitOf("a", [windowed(window)], { timeZone })?.kind).toBe(expected);
  });

  test("by what ends last, where there are several reasons", () => {
    const cooldownUntil = new Map([["home", now + hour]]);
    const entries = [windowed(["13:30-14:00"], { notBeforeMs: now + second })];
    expect(waitOf("a", entries, { cooldownUntil })?.kind).toBe("window");
    expect(waitOf("a", [windowed(["12:30-14:00"])], { cooldownUntil })?.kind).toBe("cooldown");
    expect(waitOf("a", [entry("a", 1, { notBeforeMs: now + 2 * hour })], { cooldownUntil })?.kind).toBe("back-off");
  });
});
