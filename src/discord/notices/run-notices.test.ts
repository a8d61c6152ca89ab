import { afterEach, expect, test } from "vitest";
import { controlsOf, textOf } from "../../../test/fixtures/fake-discord-api.ts";
import { type NoticesWorld, noticesWorld } from "../../../test/fixtures/notices-world.ts";
import {
  answered,
  eventOf,
  keptQuestion,
  questionEventOf,
  serviceUpdate,
} from "../../../test/fixtures/question-events.ts";
import type { DiscordApi } from "../rest/discord-api.ts";

let world: NoticesWorld;
afterEach(() => world.stop());

const web = serviceUpdate("web", "1.0.1");
const db = serviceUpdate("db", "1.0.1");
const commit = { commit: "c0ffee00".repeat(5), link: "https://git.example/c0ffee00" };

function texts(): readonly string[] {
  return world.api.messages.map(textOf);
}

async function begin(settings: object = {}): Promise<void> {
  world = noticesWorld(settings);
  await world.start();
  await world.settle();
}

test("What happened before the first start is not told, but open questions are asked.", async () => {
  world = noticesWorld();
  await world.happen(eventOf("announced", db), questionEventOf("question-opened", "q1", web));
  world.questions.push(keptQuestion("q1", web));
  await world.start();
  await world.settle();
  expect(texts()).toEqual([expect.stringContaining("web:1.0.1")]);
  await world.stop();
  await world.start();
  await world.settle();
  expect(world.api.calls).toEqual(["post 1"]);
});

test("The questions of a scan are one message, and its news another.", async () => {
  await begin();
  const names = ["a", "b", "c", "d"];
  await world.happen(
    ...names.map((name) => questionEventOf("question-opened", name, serviceUpdate(name, "1.0.1"))),
    ...names.map((name) => eventOf("announced", serviceUpdate(`news-${name}`, "1.0.1"))),
  );
  await world.settle();
  expect(world.api.calls).toEqual(["post 1", "post 1"]);
  expect(world.api.messages.map(controlsOf)).toEqual([names, []]);
});

test("A question that is over before it could be asked is not asked.", async () => {
  await begin();
  await world.happen(questionEventOf("question-opened", "q1", web));
  await world.happen(questionEventOf("question-closed", "q1", web));
  await world.settle();
  expect(world.api.calls).toEqual([]);
});

test("What is over before it could be asked is left out beside what is asked.", async () => {
  await begin();
  await world.happen(questionEventOf("question-opened", "q1", web));
  await world.happen(questionEventOf("question-closed", "q1", web));
  await world.happen(questionEventOf("question-opened", "q2", db));
  await world.settle();
  expect(texts()).toEqual([expect.not.stringMatching(/web|Not asked/)]);
  expect(texts()).toEqual([expect.stringContaining("db:1.0.1")]);
});

test("More questions than a message holds come in several.", async () => {
  await begin();
  const names = Array.from({ length: 20 }, (_, index) => `service-${index}`);
  await world.happen(...names.map((name) => questionEventOf("question-opened", name, serviceUpdate(name, "1.0.1"))));
  await world.settle();
  expect(world.api.messages.length).toBeLessThan(5);
  expect(world.api.messages.flatMap(controlsOf).filter((control) => !control.startsWith("talos1:q"))).toEqual(names);
});

test("A click costs an edit, and another one when it is delivered later.", async () => {
  await begin({ Notifications: [] });
  await world.happen(questionEventOf("question-opened", "q1", web));
  await world.settle();
  await world.happen(answered("q1", web, "push"));
  await world.settle();
  expect(texts()[0]).toContain("ada chose **Push**");
  expect(world.api.messages.flatMap(controlsOf)).toEqual([]);
  await world.happen(eventOf("delivered", web, commit));
  await world.settle();
  expect(texts()[0]).toContain("[commit c0ffee00](<https://git.example/c0ffee00>)");
  expect(world.api.calls).toEqual(["post 1", "edit 1", "edit 1"]);
});

test("An answer and its delivery within a second are one edit.", async () => {
  await begin({ Notifications: [] });
  await world.happen(questionEventOf("question-opened", "q1", web));
  await world.settle();
  await world.happen(answered("q1", web, "push"));
  await world.happen(eventOf("delivered", web, commit));
  await world.settle();
  expect(world.api.calls).toEqual(["post 1", "edit 1"]);
});

test("A deferred question is asked again in a new message, and the old one has no buttons.", async () => {
  await begin();
  await world.happen(questionEventOf("question-opened", "q1", web));
  await world.settle();
  await world.happen(answered("q1", web, "defer"));
  await world.settle();
  await world.happen(questionEventOf("question-opened", "q1", web));
  await world.settle();
  expect(world.api.messages.map((message) => controlsOf(message).length)).toEqual([0, 3]);
});

test("A commit is one message with its files, services, link and who approved it.", async () => {
  await begin();
  await world.happen(
    eventOf("delivered", web, commit),
    eventOf("delivered", db, { ...commit, cause: "ada (discord)" }),
  );
  await world.settle();
  expect(texts()).toEqual([
    [
      "**Updates pushed**",
      "-# me/infra",
      "[Commit c0ffee00](<https://git.example/c0ffee00>)",
      "```",
      "compose.yml",
      "  web: web:1.0.0 -> web:1.0.1@11111111",
      "  db: db:1.0.0 -> db:1.0.1@11111111",
      "```",
      "Approved by ada",
    ].join("\n"),
  ]);
});

test("Only the first of many tries is told as a failure.", async () => {
  await begin();
  for (const attempts of [1, 2, 3]) {
    await world.happen(eventOf("retrying", web, { facts: { attempts, reason: "no network" } }));
    await world.settle();
  }
  expect(texts()).toEqual([expect.stringContaining("**web**\n> no network")]);
});

test("What nobody needs to be told is not told.", async () => {
  await begin();
  await world.happen(
    eventOf("queued", web),
    eventOf("dropped", web),
    eventOf("superseded", web),
    eventOf("verified", web),
    eventOf("cleared", web),
    eventOf("lifted", web),
    { kind: "operation" },
    { kind: "scan-finished" },
  );
  await world.settle();
  expect(world.api.calls).toEqual([]);
});

test("Notices go where the configuration says, questions to the channel of the bot.", async () => {
  await begin({
    Notifications: [
      { ChannelId: "2", Kinds: ["Pushed"] },
      { ChannelId: "2", Kinds: ["Pushed", "ScanError"] },
      { Kinds: ["Pushed"] },
    ],
  });
  await world.happen(
    eventOf("delivered", web, commit),
    eventOf("announced", db),
    { kind: "scan-failed" },
    questionEventOf("question-opened", "q1", web),
  );
  await world.settle();
  expect(world.api.calls.toSorted()).toEqual(["post 1", "post 1", "post 2", "post 2"]);
});

test("A channel that takes nothing is told of once, and stops nothing else.", async () => {
  await begin({ Notifications: [{ ChannelId: "2" }, { ChannelId: "1" }] });
  world.api.forbidden.add("2");
  for (const name of ["a", "b"]) {
    await world.happen(eventOf("announced", serviceUpdate(name, "1.0.1")));
    await world.settle();
  }
  expect(texts()).toEqual([expect.stringContaining("a:1.0.1"), expect.stringContaining("b:1.0.1")]);
  expect(world.logged.filter((line) => line.includes("channel 2"))).toHaveLength(1);
});

test("What comes while Discord is away is told in order when it is back, in few messages.", async () => {
  await begin();
  world.api.fates.push(...Array.from({ length: 10 }, () => "away" as const));
  for (let number = 0; number < 100; number += 1)
    await world.happen(eventOf("announced", serviceUpdate(`s${number}`, "1.0.1")));
  await world.happen(questionEventOf("question-opened", "q1", web));
  await world.settle();
  expect(world.api.messages.length).toBeLessThan(5);
  expect(texts()[0]).toMatch(/s0.*\n[^]*and \d+ more/);
  expect(controlsOf(world.api.messages.at(-1) ?? { components: [] })).toHaveLength(3);
  expect(world.logged).toEqual([expect.stringContaining("away"), "Discord takes messages again"]);
});

test("A fault with one message does not stop the others, and is tried again.", async () => {
  world = noticesWorld({ Notifications: [{ ChannelId: "1" }, { ChannelId: "2" }] });
  let faults = 2;
  const post: DiscordApi["post"] = (channel, ...rest) => {
    if (channel === "1" && faults-- > 0) throw new Error("a fault");
    return world.api.post(channel, ...rest);
  };
  await world.start({ api: { ...world.api, post } });
  await world.settle();
  await world.happen(eventOf("announced", web));
  await world.settle();
  expect(world.api.messages.map(({ channelId }) => channelId)).toEqual(["2", "1"]);
});

test("A message that a person deleted is forgotten, and others are not held up.", async () => {
  await begin();
  await world.happen(questionEventOf("question-opened", "q1", web));
  await world.settle();
  world.api.messages.length = 0;
  await world.happen(answered("q1", web, "ignore"), eventOf("announced", db));
  await world.settle();
  expect(texts()).toEqual([expect.stringContaining("db:1.0.1")]);
});

test("What is still open on a prompt that a person deleted is asked again.", async () => {
  await begin({ Notifications: [] });
  const names = ["a", "b", "c", "d"];
  await world.happen(...names.map((name) => questionEventOf("question-opened", name, serviceUpdate(name, "1.0.1"))));
  await world.settle();
  world.api.messages.length = 0;
  await world.happen(answered("b", serviceUpdate("b", "1.0.1"), "ignore"));
  await world.settle();
  expect(world.api.messages.map(controlsOf)).toEqual([expect.arrayContaining(["talos1:answer:a:push"])]);
  expect(texts().join()).not.toContain("b:1.0.1");
  expect(world.api.calls).toEqual(["post 1", "edit 1", "post 1"]);
  expect(world.logged).toEqual([expect.stringContaining("was deleted")]);
  await world.happen(answered("a", serviceUpdate("a", "1.0.1"), "ignore"));
  await world.settle();
  expect(world.api.messages.map((message) => controlsOf(message).length)).toEqual([6]);
});

test("A question that delivery has no more loses its buttons at the next start.", async () => {
  await begin();
  await world.happen(questionEventOf("question-opened", "q1", web));
  await world.settle();
  await world.stop();
  await world.start();
  await world.settle();
  expect(world.api.messages.flatMap(controlsOf)).toEqual([]);
});

test("What is over is forgotten after a month.", async () => {
  await begin();
  await world.happen(questionEventOf("question-opened", "q1", web));
  await world.settle();
  await world.happen(answered("q1", web, "ignore"));
  await world.settle();
  const board = world.store.collection("discord-board");
  expect(await board.list("")).toHaveLength(1);
  world.clockMs += 31 * 24 * 3600 * 1000;
  await world.happen({ kind: "scan-finished" });
  await world.settle();
  expect(await board.list("")).toEqual([]);
});
