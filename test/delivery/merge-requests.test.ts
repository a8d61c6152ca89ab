import { expect, test } from "vitest";
import { ownBranch } from "../../src/delivery/merge-requests/own-branch.ts";
import { TalosError } from "../../src/talos-error.ts";
import { Crash, type DeliveryWorld, type DeliveryWorldOptions, deliveryWorld } from "../fixtures/delivery-world.ts";
import { type MemoryForge, memoryForge } from "../fixtures/memory-forge.ts";
import { digestOf } from "../fixtures/memory-registries.ts";

const branch = ownBranch("compose:compose.yml#services.web.image", "home");
const hour = 3600;

const web = (tag: string, letter: string) =>
  `services:\n  web:\n    image: web:${tag}@${digestOf(letter)}\n    x-tl: ^!\n`;

function openWorld(options: DeliveryWorldOptions = {}): { world: DeliveryWorld; forge: MemoryForge } {
  const forge = memoryForge();
  const images = { "docker.io/library/web": { "1.0.0": "a", "1.0.1": "b" } };
  return { forge, world: deliveryWorld({ files: { "compose.yml": web("1.0.0", "a") }, images, forge, ...options }) };
}

const release = ({ images }: DeliveryWorld, tag: string, letter: string) => {
  images["docker.io/library/web"] = { ...images["docker.io/library/web"], [tag]: letter };
};

/** What stands on Talos's own branch; undefined: there is none. */
async function ownText(world: DeliveryWorld): Promise<string | undefined> {
  const repository = world.repository();
  const commit = await repository.readBranch(branch);
  const text = commit === undefined ? undefined : (await repository.open({ branch, commit })).text("compose.yml");
  return text?.kind === "text" ? text.text : undefined;
}

async function merge(world: DeliveryWorld, request: MemoryForge["requests"][number] | undefined): Promise<void> {
  world.repository().forcePush(await world.repository().readBranch(branch));
  if (request !== undefined) request.state = "merged";
}

/** The process dies after so many steps, and another one goes on. */
async function liveThrough(world: DeliveryWorld, steps: number): Promise<boolean> {
  world.pass(hour);
  world.crashAfter(steps);
  try {
    await world.scan();
    await world.deliver();
  } catch (error) {
    if (!(error instanceof Crash)) throw error;
  }
  const hasDied = world.restart();
  await world.settle();
  return hasDied;
}

const openOnes = ({ requests }: MemoryForge) => requests.filter(({ state }) => state === "open");
const steps = Array.from({ length: 20 }, (_, index) => index + 1);

test.each(steps)("a process that dies after %i steps leaves one branch, one request and one word", async (count) => {
  const { world, forge } = openWorld();
  const deaths = [await liveThrough(world, count)];
  expect(forge.requests).toMatchObject([{ branch, target: "main", state: "open" }]);
  expect(await ownText(world)).toBe(web("1.0.1", "b"));
  expect(await world.told("merge-request-opened")).toHaveLength(1);

  release(world, "1.0.2", "c");
  deaths.push(await liveThrough(world, count));
  expect(forge.requests).toMatchObject([{ state: "open", title: expect.stringContaining("1.0.2") }]);
  expect(await ownText(world)).toBe(web("1.0.2", "c"));
  expect(await world.told("merge-request-updated")).toHaveLength(1);

  await merge(world, forge.requests[0]);
  deaths.push(await liveThrough(world, count));
  expect(await world.told("delivered")).toHaveLength(1);
  expect(await ownText(world)).toBeUndefined();

  release(world, "1.0.3", "d");
  await world.settle();
  world.repository().edit({ "compose.yml": web("1.0.3", "d") });
  deaths.push(await liveThrough(world, count));
  expect(forge.requests[1]).toMatchObject({ state: "closed", comments: ["Closed by Talos: it is there already."] });
  expect(await world.told("merge-request-closed")).toHaveLength(1);
  expect(await ownText(world)).toBeUndefined();
  expect(openOnes(forge)).toEqual([]);
  expect(await world.ports.memory.mergeRequests.list("")).toEqual([]);
  if (count === 1) expect(deaths).toEqual([true, true, true, true]);
  if (count === 20) expect(deaths).toEqual([false, false, false, false]);
});

test("what was merged and then undone is not proposed again", async () => {
  const { world, forge } = openWorld();
  await world.settle();
  await merge(world, forge.requests[0]);
  await world.settle();
  world.repository().edit({ "compose.yml": web("1.0.0", "a") });
  await world.settle();
  expect(await world.told("reverted")).toHaveLength(1);
  expect(forge.requests).toHaveLength(1);
});

test("quiet scans ask once for an open request and change nothing", async () => {
  const { world, forge } = openWorld();
  await world.settle();
  const [finds, told, tip] = [forge.finds, await world.told(), await world.repository().readBranch(branch)];
  for (let scan = 0; scan < 3; scan += 1) {
    world.pass(hour);
    await world.scan();
    await world.deliver();
  }
  expect(forge.finds).toBe(finds + 3);
  expect(await world.told()).toEqual(told);
  expect(await world.repository().readBranch(branch)).toBe(tip);
});

test("a request counts for the throttle when it is opened, and again with another version only", async () => {
  const throttles = { "docker.io": { limit: 2, perSeconds: 1000 * hour } };
  const { world, forge } = openWorld({ throttles, cooldownSeconds: 10 });
  await world.settle();
  world.repository().edit({ "compose.yml": `# moved\n${web("1.0.0", "a")}` });
  await world.settle();
  expect(await ownText(world)).toBe(`# moved\n${web("1.0.1", "b")}`);
  release(world, "1.0.2", "c");
  await world.settle();
  expect(forge.requests).toMatchObject([{ title: expect.stringContaining("1.0.2") }]);
  release(world, "1.0.3", "d");
  await world.settle();
  expect(forge.requests).toMatchObject([{ title: expect.stringContaining("1.0.2") }]);
  expect((await world.delivery.queue()).map(({ wait }) => wait.kind)).toEqual(["throttle"]);
  world.repository().edit({ "compose.yml": `# again\n${web("1.0.0", "a")}` });
  await world.settle();
  expect(forge.requests).toHaveLength(1);
});

test("what the server said about when to come back is heeded, and nothing is done twice", async () => {
  const { world, forge } = openWorld();
  forge.failure = new TalosError("forge-failed", "too many requests", { retryable: true, retryAfterSeconds: 5 * hour });
  await world.scan();
  const before = world.clock.nowMs;
  expect(await world.deliver()).toBeGreaterThanOrEqual(before + 5 * hour * 1000);
  expect(await world.told("retrying")).toHaveLength(1);
  forge.failure = undefined;
  world.pass(4 * hour);
  await world.deliver();
  expect(forge.requests).toEqual([]);
  world.pass(2 * hour);
  await world.deliver();
  expect(openOnes(forge)).toHaveLength(1);
  expect(await world.told("dead-lettered")).toEqual([]);
});

test("a branch that Talos knows nothing of is not overwritten", async () => {
  const { world, forge } = openWorld();
  const theirs = world.repository().edit({ "notes.txt": "a" });
  await world.repository().putOwnBranch(branch, theirs, undefined);
  await world.settle();
  expect(await world.repository().readBranch(branch)).toBe(theirs);
  expect(forge.requests).toEqual([]);
  const [told, ...others] = await world.told("dead-lettered");
  expect(told).toContain(`there is a branch ${branch} with commits that Talos does not know: merge or remove it`);
  expect(others).toEqual([]);
  await world.repository().deleteOwnBranch(branch, theirs);
  await world.settle();
  expect(openOnes(forge)).toHaveLength(1);
});

test("a hold closes the request, and lifting it opens another", async () => {
  const { world, forge } = openWorld();
  await world.settle();
  await world.delivery.hold("home", "compose:compose.yml#services.web.image", "ada (terminal)");
  await world.settle();
  expect(forge.requests).toMatchObject([{ state: "closed", comments: [expect.stringContaining("ada (terminal)")] }]);
  await world.delivery.unhold("home", "compose:compose.yml#services.web.image", "ada (terminal)");
  await world.settle();
  expect(openOnes(forge)).toMatchObject([{ number: 2 }]);
});

test("a request that a person closes refuses its version, and no newer one", async () => {
  const { world, forge } = openWorld();
  await world.settle();
  const [request] = forge.requests;
  if (request !== undefined) request.state = "closed";
  await world.settle();
  expect(await world.told("merge-request-closed")).toEqual([
    expect.stringContaining("somebody closed merge request !1; this version is not proposed again"),
  ]);
  expect(await world.told("delivered")).toEqual([]);
  expect(await world.delivery.quarantines()).toMatchObject([
    { quarantine: [{ kind: "declined", actor: "merge request !1" }] },
  ]);
  expect(await ownText(world)).toBeUndefined();
  expect(forge.requests).toHaveLength(1);
  release(world, "1.0.2", "c");
  await world.settle();
  expect(openOnes(forge)).toMatchObject([{ number: 2, title: expect.stringContaining("1.0.2") }]);
});

test("a merge that the server tells of later than git is a delivery all the same", async () => {
  const { world, forge } = openWorld();
  await world.settle();
  world.pass(hour);
  await merge(world, undefined);
  await world.scan();
  await merge(world, forge.requests[0]);
  await world.deliver();
  expect(await world.told("delivered", "merge-request-closed")).toEqual([expect.stringContaining("delivered web:")]);
  expect(forge.requests).toMatchObject([{ state: "merged", comments: [] }]);
  expect(await ownText(world)).toBeUndefined();
});

test("a branch that somebody pushed to is left alone, told once, and Talos's again when they take it back", async () => {
  const { world, forge } = openWorld();
  await world.settle();
  const repository = world.repository();
  const [ours, main] = [await repository.readBranch(branch), await repository.readHead()];
  const theirs = repository.edit({ "notes.txt": "a" });
  repository.forcePush(main.commit);
  await repository.putOwnBranch(branch, theirs, ours);
  for (const [tag, letter] of [
    ["1.0.2", "c"],
    ["1.0.3", "d"],
  ] as const) {
    release(world, tag, letter);
    await world.settle();
  }
  expect(await repository.readBranch(branch)).toBe(theirs);
  expect(await world.told("waiting", "dropped")).toEqual([
    expect.stringContaining(`somebody has pushed to ${branch}; it is left alone until merge request !1 is merged`),
  ]);
  expect(openOnes(forge)).toMatchObject([{ number: 1, title: expect.stringContaining("1.0.1") }]);
  await repository.putOwnBranch(branch, ours ?? "", theirs);
  await world.settle();
  expect(openOnes(forge)).toMatchObject([{ number: 1, title: expect.stringContaining("1.0.3") }]);
});

test("what the server cannot say is told once, and nothing ends by it", async () => {
  const { world, forge } = openWorld();
  await world.settle();
  forge.failure = new TalosError("forge-failed", "the forge cannot be reached", { retryable: true });
  for (let scan = 0; scan < 3; scan += 1) {
    world.pass(hour);
    await world.scan();
  }
  forge.failure = undefined;
  await world.settle();
  expect(await world.told("scan-failed", "scan-recovered")).toEqual([
    "scan-failed the forge cannot be reached",
    "scan-recovered well again after: the forge cannot be reached",
  ]);
  expect(openOnes(forge)).toHaveLength(1);
});
