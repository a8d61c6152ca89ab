import { afterEach, expect, test } from "vitest";
import { textOf } from "../../../test/fixtures/fake-discord-api.ts";
import { type NoticesWorld, noticesWorld } from "../../../test/fixtures/notices-world.ts";
import { eventOf, pipelineEventOf, serviceUpdate } from "../../../test/fixtures/question-events.ts";

let world: NoticesWorld;
afterEach(() => world.stop());

async function begin(settings: object = {}): Promise<void> {
  world = noticesWorld(settings);
  await world.start();
  await world.settle();
}

const headings = () => world.api.messages.map((message) => textOf(message).split("\n", 1).join());
const pass = (days: number) => {
  world.clockMs += days * 24 * 3600 * 1000;
};

test("A pipeline is one message, which is edited as it proceeds, also after a restart.", async () => {
  await begin();
  for (const state of ["waiting", "running"]) {
    await world.happen(pipelineEventOf(1, state));
    await world.settle();
  }
  await world.stop();
  await world.start();
  await world.happen(pipelineEventOf(1, "succeeded"));
  await world.settle();
  expect(world.api.calls.filter((call) => !call.startsWith("recent"))).toEqual(["post 1", "edit 1", "edit 1"]);
  expect(headings()).toEqual(["**Pipeline completed**"]);
});

test("States that come together are told once, and pipelines not together with what else happens.", async () => {
  await begin();
  await world.happen(
    pipelineEventOf(1, "running"),
    pipelineEventOf(1, "failed"),
    pipelineEventOf(2, "running"),
    eventOf("delivered", serviceUpdate("web", "1.0.1")),
  );
  await world.settle();
  expect(headings().toSorted()).toEqual(["**Pipeline failed**", "**Pipeline running**", "**Updates pushed**"]);
  expect(world.api.calls).toEqual(["post 1", "post 1", "post 1"]);
});

test("Each channel that is told of pipelines has its message, and only such a channel.", async () => {
  await begin({ Notifications: [{ ChannelId: "2", Kinds: ["Pipeline"] }, { ChannelId: "3" }, { Kinds: ["Pushed"] }] });
  await world.happen(pipelineEventOf(1, "running"));
  await world.settle();
  await world.happen(pipelineEventOf(1, "cancelled"));
  await world.settle();
  expect(world.api.messages.map(({ channelId, edits }) => [channelId, edits])).toEqual([
    ["2", 1],
    ["3", 1],
  ]);
  expect(headings()).toEqual(["**Pipeline cancelled**", "**Pipeline cancelled**"]);
});

test("What happens while Discord is away is one message in the end.", async () => {
  await begin();
  world.api.fates.push("away", "silent", "away", "away");
  for (const state of ["waiting", "running", "failed", "running", "succeeded"])
    await world.happen(pipelineEventOf(1, state));
  await world.settle();
  expect(headings()).toEqual(["**Pipeline completed**"]);
});

test("A message that a person deleted comes back with the next state.", async () => {
  await begin();
  await world.happen(pipelineEventOf(1, "running"));
  await world.settle();
  world.api.messages.splice(0);
  await world.happen(pipelineEventOf(1, "failed"));
  await world.settle();
  expect(headings()).toEqual(["**Pipeline failed**"]);
  await world.happen(pipelineEventOf(1, "succeeded"));
  await world.settle();
  expect(headings()).toEqual(["**Pipeline completed**"]);
});

test("It is forgotten a month after it changed last.", async () => {
  await begin();
  await world.happen(pipelineEventOf(1, "succeeded"));
  await world.settle();
  const shown = async () => (await world.store.collection("discord-board").list("")).length;
  pass(29);
  await world.happen({ kind: "queued" });
  await world.settle();
  expect(await shown()).toBe(1);
  pass(2);
  await world.happen({ kind: "queued" });
  await world.settle();
  expect(await shown()).toBe(0);
});
