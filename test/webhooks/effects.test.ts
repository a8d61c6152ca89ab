import { expect, test } from "vitest";
import { wantAfresh } from "../../src/delivery/scan/wanted-afresh.ts";
import type { Repository } from "../../src/registries/registry.ts";
import { handleWebhook } from "../../src/webhooks/handle-webhook.ts";
import type { WebhookEvent } from "../../src/webhooks/webhook-event.ts";
import { type DeliveryWorld, deliveryWorld } from "../fixtures/delivery-world.ts";

const urls = ["https://git.example/me/home.git", "git@git.example:me/home.git"];
const web = (tag = "1.0.0", image = "web") => `services:\n  web:\n    image: ${image}:${tag}\n    x-tl: ^!\n`;
const images = { "docker.io/library/web": { "1.0.0": "a", "1.0.1": "b" }, "docker.io/me/db": { "1.0.0": "c" } };

/** What is asked for when that is heard of, as `home docker.io/library/web`. */
async function hear(world: DeliveryWorld, event: WebhookEvent, sources = ["home"]): Promise<readonly string[]> {
  const asked: string[] = [];
  await handleWebhook(event, {
    ...world.ports,
    sources: sources.map((id) => world.source(id)),
    async requestScan(source, of) {
      asked.push([source, ...of.map(({ domain, path }) => `${domain}/${path}`)].join(" "));
    },
    requestReview: async () => undefined,
  });
  return asked;
}

const pushOf = (commit: string | undefined, branch = "main"): WebhookEvent => ({ kind: "push", urls, branch, commit });
const imageOf = (domain: string, path: string): WebhookEvent => ({ kind: "image", repository: { domain, path } });

test("A push to the branch that is watched makes it be scanned; one to another branch or repository does not.", async () => {
  const world = deliveryWorld({ files: { "compose.yml": web() }, images });
  await world.scan();
  const moved = world.repository().edit({ "notes.txt": "" });
  expect(await hear(world, pushOf(moved))).toEqual(["home"]);
  expect(await hear(world, pushOf(undefined))).toEqual(["home"]);
  expect(await hear(world, pushOf(moved, "other"))).toEqual([]);
  expect(
    await hear(world, { kind: "push", urls: ["https://git.example/me/home2"], branch: "main", commit: moved }),
  ).toEqual([]);
});

test("A push of what the latest scan has seen, or of what Talos has pushed, makes nothing be scanned.", async () => {
  const world = deliveryWorld({ files: { "compose.yml": web() }, images });
  await world.scan();
  const [seen] = world.repository().commits();
  expect(await hear(world, pushOf(seen?.id))).toEqual([]);
  // It is told before it was recorded, too: Talos died in between.
  world.crashAfter(3);
  await world.deliver().catch(() => undefined);
  world.restart();
  const [own] = world.repository().commits();
  expect(own?.author).toBe("Talos");
  expect(await world.ports.memory.intentions.get("home")).toBeDefined();
  expect(await hear(world, pushOf(own?.id))).toEqual([]);
  await world.deliver();
  expect(await world.ports.memory.intentions.get("home")).toBeUndefined();
  expect(await hear(world, pushOf(own?.id))).toEqual([]);
  // Somebody goes back to a commit that was there before.
  expect(await hear(world, pushOf(own?.parent))).toEqual([]);
  await world.scan();
  world.repository().forcePush();
  expect(await hear(world, pushOf(own?.parent))).toEqual(["home"]);
});

test("A scan that failed has seen nothing.", async () => {
  const world = deliveryWorld({ files: { "compose.yml": web() }, images });
  await world.scan();
  const [seen] = world.repository().commits();
  world.repository().failingReads = 1;
  await expect(world.scan()).rejects.toThrow();
  expect(await hear(world, pushOf(seen?.id))).toEqual(["home"]);
});

test("An image is looked up for the sources that use it, however it is named, and for no others.", async () => {
  const skipped = "services:\n  web:\n    image: web:1.0.0\n    x-tl: '-'\n";
  const unmanaged = "services:\n  web:\n    image: web:1.0.0\n";
  const world = deliveryWorld({
    sources: {
      home: { "compose.yml": web() },
      full: { "compose.yml": web("1.0.0", "index.docker.io/library/web") },
      other: { "compose.yml": web("1.0.0", "me/db") },
      skipped: { "compose.yml": skipped },
      unmanaged: { "compose.yml": unmanaged },
      unseen: { "compose.yml": web() },
    },
    images,
  });
  const all = ["home", "full", "other", "skipped", "unmanaged", "unseen"];
  for (const id of all.slice(0, -1)) await world.scan(id);
  const asked = ["home docker.io/library/web", "full docker.io/library/web"];
  expect(await hear(world, imageOf("docker.io", "library/web"), all)).toEqual(asked);
  expect(await hear(world, imageOf("index.docker.io", "web"), all)).toEqual(asked);
  expect(await hear(world, imageOf("docker.io", "me/db"), all)).toEqual(["other docker.io/me/db"]);
  expect(await hear(world, imageOf("ghcr.io", "library/web"), all)).toEqual([]);
  expect(await hear(world, imageOf("docker.io", "Not/AN image"), all)).toEqual([]);
});

test("Only what was pushed is asked for again, once, and whatever else is decided in between.", async () => {
  const both = `${web()}  db:\n    image: me/db:1.0.0\n    x-tl: ^!\n`;
  const world = deliveryWorld({ files: { "compose.yml": both }, images, cacheSeconds: 3600 });
  const fresh: string[] = [];
  const { registries } = world.ports;
  Object.assign(registries, {
    listTags: async (of: Repository, options?: { readonly isFresh?: boolean }) => {
      if (options?.isFresh === true) fresh.push(`${of.domain}/${of.path}`);
      return { kind: "found", value: Object.keys(world.images[`${of.domain}/${of.path}`] ?? {}) };
    },
  });
  const scanned = async () => {
    world.pass(1);
    await world.scan();
    return fresh.splice(0);
  };
  expect(await scanned()).toEqual([]);
  const docker = { domain: "docker.io" };
  await wantAfresh("home", [{ ...docker, path: "me/db" }], world.ports);
  await wantAfresh("home", [{ ...docker, path: "me/db" }], world.ports);
  await world.ports.store.write([world.ports.memory.stale.put("home", { atMs: world.clock.nowMs })]);
  world.repository().failingReads = 1;
  await expect(world.scan()).rejects.toThrow();
  expect(await scanned()).toEqual(["docker.io/me/db"]);
  world.repository().edit({ "notes.txt": "" });
  expect(await scanned()).toEqual([]);
  await wantAfresh("home", [{ ...docker, path: "library/web" }], world.ports);
  await wantAfresh("home", undefined, world.ports);
  expect((await scanned()).toSorted()).toEqual(["docker.io/library/web", "docker.io/me/db"]);
});
