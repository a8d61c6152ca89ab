import { expect, test } from "vitest";
import { dropRemovedSources } from "../../src/delivery/queue/drop-removed-sources.ts";
import { deliveryWorld } from "../fixtures/delivery-world.ts";
import { digestOf } from "../fixtures/memory-registries.ts";

const file = (policy: string) => ({
  "compose.yml": `services:\n  web:\n    image: web:1.0.0@${digestOf("a")}\n    x-tl: "${policy}"\n`,
});
const target = "compose:compose.yml#services.web.image";

function twoSources(policy = "^!") {
  return deliveryWorld({
    sources: { home: file(policy), away: file(policy) },
    images: { "docker.io/library/web": { "1.0.0": "a", "1.0.1": "b" } },
    throttles: { "docker.io": { limit: 1, perSeconds: 3600 } },
  });
}

test("What waits for a source that is configured no more is dropped, told of, and stops nothing else.", async () => {
  const world = twoSources();
  await world.scan("away");
  // It dies once it has reserved all the room there is.
  world.crashAfter(1);
  await expect(world.deliver("away")).rejects.toThrow();
  world.restart();
  await world.scan("home");
  await world.deliver("home");
  expect(await world.told("delivered")).toEqual([]);
  await dropRemovedSources(["home"], world.ports);
  await dropRemovedSources(["home"], world.ports);
  expect(await world.told("dropped")).toEqual([
    "dropped web: web:1.0.0@aaaaaaaa -> web:1.0.1@bbbbbbbb: away is not configured any more",
  ]);
  await world.deliver("home");
  expect(await world.told("delivered")).toHaveLength(1);
});

test("So are its questions and dead letters; what people decided stays for when it comes back.", async () => {
  const world = twoSources("^?");
  await world.scan("home");
  await world.scan("away");
  await world.delivery.hold("away", target, "ada (terminal)");
  await world.ports.store.collection("queue").put("away broken", { of: "another version" });
  await dropRemovedSources(["home"], world.ports);
  expect((await world.delivery.questions()).map(({ key }) => key)).toEqual([`home ${target}`]);
  expect(await world.told("question-closed")).toHaveLength(1);
  expect(await world.delivery.quarantines()).toHaveLength(1);
  expect(await world.ports.store.collection("queue").list("away ")).toEqual([]);
});
