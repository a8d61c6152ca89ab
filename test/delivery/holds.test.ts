import { expect, test } from "vitest";
import { type DeliveryWorld, deliveryWorld } from "../fixtures/delivery-world.ts";

const target = "compose:compose.yml#services.web.image";
const person = "ada (terminal)";

function worldWith(strategy: "push" | "prompt"): DeliveryWorld {
  return deliveryWorld({
    files: {
      "compose.yml": `services:\n  web:\n    image: web:1.0.0\n    x-talos: { bump: major, strategy: ${strategy} }\n`,
    },
    images: { "docker.io/library/web": { "1.0.0": "a", "1.1.0": "b" } },
  });
}

test("a dead letter that is replayed of a target that somebody holds is not delivered until the hold is lifted", async () => {
  const world = worldWith("push");
  await world.scan();
  world.repository().pushFates.push("refused");
  await world.deliver();
  await world.delivery.hold("home", target, person);
  await world.delivery.replay("all", person);
  await world.settle();
  expect(world.repository().read("compose.yml")).toContain("web:1.0.0");
  await world.delivery.unhold("home", target, person);
  await world.settle();
  expect(world.repository().read("compose.yml")).toContain("web:1.1.0@");
});

test("a yes to a question about a target that was held meanwhile delivers nothing until the hold is lifted", async () => {
  const world = worldWith("prompt");
  await world.scan();
  await world.delivery.hold("home", target, person);
  await world.answer(target, "push");
  await world.settle();
  expect(world.repository().read("compose.yml")).toContain("web:1.0.0");
});

test.each([
  ["to leave it alone", "skip: true, bump: major"],
  ["to take smaller steps", "bump: patch"],
  ["to ask", "bump: major, strategy.minor: prompt"],
  ["to ignore that tag", "bump: major, ignore: 1.1.0"],
])("an image whose policy is %s by now is not changed by what was queued before", async (_, policy) => {
  const world = worldWith("push");
  await world.scan();
  const text = world.repository().read("compose.yml");
  world.repository().edit({ "compose.yml": text.replace("bump: major", policy) });
  await world.deliver();
  expect(world.repository().read("compose.yml")).toContain("web:1.0.0\n");
});

test("a tag that is written without a digest is not written when it is gone by then", async () => {
  const world = deliveryWorld({
    files: {
      "compose.yml":
        "services:\n  web:\n    image: web:1.0.0\n    x-talos: { bump: major, strategy: push, pin: false }\n",
    },
    images: { "docker.io/library/web": { "1.0.0": "a", "1.1.0": "b" } },
  });
  await world.scan();
  world.images["docker.io/library/web"] = { "1.0.0": "a" };
  await world.deliver();
  expect(world.repository().read("compose.yml")).toContain("web:1.0.0\n");
});
