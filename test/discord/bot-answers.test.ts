import { expect, test } from "vitest";
import { z } from "zod";
import { optional, required, words } from "../../src/operations/argument-types.ts";
import { defineOperation, type Operation } from "../../src/operations/operation.ts";
import type { View } from "../../src/operations/view.ts";
import { createMemoryStore } from "../../src/store/memory-store.ts";
import { type DiscordServer, discordServer } from "../parties/discord-server.ts";
import { openTestBot, type TestBotOptions } from "./open-test-bot.ts";

type Run = Parameters<typeof defineOperation>[0]["run"];

function operation(name: string, run: Run, changes: Partial<Operation> = {}): Operation {
  return {
    ...defineOperation({
      name,
      summary: `do ${name}`,
      arguments: z.strictObject({ host: optional(words(), "Host."), confirm: optional(words(), "Code.") }),
      positional: ["host"],
      access: "read",
      deadlineSeconds: 60,
      run,
    }),
    ...changes,
  };
}

async function world(operations: readonly Operation[], options: TestBotOptions = {}) {
  await using parts = new AsyncDisposableStack();
  const discord = parts.use(await discordServer());
  const bot = parts.use(openTestBot(discord, { operations, ...options }));
  await bot.said("the commands were registered");
  const open = parts.move();
  return { discord, bot, [Symbol.asyncDispose]: () => open.disposeAsync() };
}

const text = (line: string): View => [{ type: "text", text: line }];
const callsOfAnswers = (discord: DiscordServer) => discord.count("/callback") + discord.count("/webhooks");

/** Runs until it is told to end, or cancelled. */
function lasting(name: string, changes: Partial<Operation> = {}) {
  const end = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  const run = async function* ({ signal }: Parameters<Run>[0]) {
    yield { kind: "status", text: "pulling the image" } as const;
    begun.resolve();
    const aborted = new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    await Promise.race([end.promise, aborted]);
    return text("pulled");
  };
  return { operation: operation(name, run, changes), end: () => end.resolve(), begun: begun.promise };
}

test("what is done quickly costs an acknowledgement and an answer", async () => {
  await using at = await world([operation("hosts", async () => text("nas is up"))]);
  const answer = await at.discord.owner.command("t hosts");
  await answer.until("nas is up");
  expect(answer.isPrivate).toBe(false);
  expect(callsOfAnswers(at.discord)).toBe(2);
  const [asked] = at.bot.talos.log;
  expect(asked?.event).toMatchObject({ kind: "operation", actor: "owner (discord)" });
});

test("what takes longer shows how far it is, and is cancelled by who started it", async () => {
  const pull = lasting("project pull");
  await using at = await world([pull.operation]);
  const ada = at.discord.user("ada");
  const answer = await ada.command("t project pull", { host: "nas" });
  const running = await answer.until("pulling the image");
  const click = await ada.click(running, "Cancel");
  await answer.until("cancelled");
  expect(click.message.buttons).toEqual([]);
});

test("a running operation is cancelled by somebody else only who may do it", async () => {
  const pull = lasting("project pull", { access: "operate" });
  await using at = await world([pull.operation]);
  const { discord } = at;
  const answer = await discord.owner.command("t project pull");
  const running = await answer.until("pulling the image");
  const refused = await discord.user("eve").click(running, "Cancel");
  expect(refused.isPrivate).toBe(true);
  expect(refused.message.text).toContain("You may not do this");
  await discord.user("mel", [discord.place.managers]).click(running, "Cancel");
  await answer.until("cancelled");
});

test("whoever started it may end it, also without the right by now", async () => {
  const pull = lasting("project pull", { access: "operate" });
  await using at = await world([pull.operation]);
  const mel = at.discord.user("mel", [at.discord.place.managers]);
  const answer = await mel.command("t project pull");
  const running = await answer.until("pulling the image");
  mel.member.roles = [];
  await mel.click(running, "Cancel");
  await answer.until("cancelled");
});

test("a Cancel button of before is answered, and nothing else", async () => {
  const pull = lasting("project pull");
  await using at = await world([pull.operation]);
  const answer = await at.discord.owner.command("t project pull");
  const { customId = "" } = (await answer.until("pulling the image")).buttons[0] ?? {};
  pull.end();
  await answer.until("pulled");
  const late = await at.discord.owner.forge(answer.message, customId);
  expect(late.isPrivate).toBe(true);
  expect(late.message.text).toContain("no longer running");
});

test("whoever may not do it is told so alone, and nothing runs", async () => {
  let runs = 0;
  const restart = operation("container restart", async () => text(`run ${++runs}`), { access: "operate" });
  await using at = await world([restart]);
  const answer = await at.discord.user("eve").command("t container restart", { host: "nas" });
  expect(answer.isPrivate).toBe(true);
  expect(answer.message.text).toContain("You may not do this");
  expect(runs).toBe(0);
  expect(callsOfAnswers(at.discord)).toBe(1);
});

test.each(["other-guild", "direct-message"] as const)("nobody is answered from %s", async (from) => {
  await using at = await world([operation("hosts", async () => text("nas is up"))]);
  const answer = await at.discord.owner.command("t hosts", {}, { from });
  expect(answer.isPrivate).toBe(true);
  expect(answer.message.text).toContain("nowhere else");
});

const many = operation("events", async () => [
  { type: "log", lines: ["first"] },
  {
    type: "table",
    columns: ["name", "what"],
    rows: Array.from({ length: 300 }, (_, row) => [
      `container-${row}`,
      "a text that explains at some length what it is",
    ]),
  },
]);

test("a page is turned by one call, also after a restart", async () => {
  const store = createMemoryStore();
  await using discord = await discordServer();
  await using before = openTestBot(discord, { operations: [many], store });
  await before.said("the commands were registered");
  const answer = await discord.owner.command("t events");
  const shown = await answer.until("container-0");
  await before[Symbol.asyncDispose]();
  await using after = openTestBot(discord, { operations: [many], store });
  await after.said("signed in");
  const calls = callsOfAnswers(discord);
  await discord.user("ada").click(shown, "▶");
  await answer.until(({ text: all }) => !all.includes("container-0") && all.includes("container-2"));
  expect(callsOfAnswers(discord) - calls).toBe(1);
});

test("pages that nobody knows any more are told to who clicked", async () => {
  let now = Date.now();
  const store = createMemoryStore({ now: () => now });
  await using at = await world([many], { store });
  const answer = await at.discord.owner.command("t events");
  const shown = await answer.until("container-0");
  now += 25 * 3_600_000;
  const late = await at.discord.owner.click(shown, "▶");
  expect(late.isPrivate).toBe(true);
  expect(late.message.text).toContain("too old");
});

function prune() {
  const confirmed: string[] = [];
  const run: Run = async (_run, { confirm }) => {
    if (typeof confirm === "string") confirmed.push(confirm);
    if (confirm !== undefined) return text("removed it all");
    return [
      ...text("2 images"),
      {
        type: "choice",
        text: "Remove all of it",
        operation: "host prune",
        arguments: { host: "nas", confirm: "c1" },
        tone: "bad",
      },
    ];
  };
  return { operation: operation("host prune", run, { access: "operate" }), confirmed };
}

test("what was confirmed is done once, in the place of the question", async () => {
  const { operation: hostPrune, confirmed } = prune();
  await using at = await world([hostPrune]);
  const { discord } = at;
  const answer = await discord.owner.command("t host prune", { host: "nas" });
  const asked = await answer.until("2 images");
  const version = asked.versions.length - 1;
  const refused = await discord.user("eve").click(asked, "Remove all of it");
  expect(refused.isPrivate).toBe(true);
  expect(confirmed).toEqual([]);
  const clicks = await Promise.all([
    discord.owner.click(asked, "Remove all of it", { version }),
    discord.owner.click(asked, "Remove all of it", { version }),
  ]);
  await answer.until("removed it all");
  expect(confirmed).toEqual(["c1"]);
  expect(clicks.filter(({ isPrivate }) => isPrivate)).toHaveLength(1);
});

test("a choice of another operation is a new answer, and may be taken again", async () => {
  const list = operation("updates", async () => [
    ...text("web has an update"),
    { type: "choice", text: "Why", operation: "why", arguments: { host: "web" } },
  ]);
  const why = operation("why", async (_run, { host }) => text(`because of ${String(host)}`));
  await using at = await world([list, why]);
  const shown = await (await at.discord.owner.command("t updates")).until("has an update");
  for (const count of [1, 2]) {
    const click = await at.discord.owner.click(shown, "Why");
    await click.until("because of web");
    expect(at.discord.messages().filter((message) => message.text.includes("because of"))).toHaveLength(count);
  }
});

test("a fault of one operation is told and logged, and the next one runs", async () => {
  const broken = operation("broken", async () => {
    throw new RangeError("of a programmer");
  });
  await using at = await world([broken, operation("hosts", async () => text("nas is up"))]);
  const answer = await at.discord.owner.command("t broken");
  await answer.until("a fault of Talos");
  expect(at.bot.lines.join()).toContain("of a programmer");
  expect(answer.message.text).not.toContain("of a programmer");
  await (await at.discord.owner.command("t hosts")).until("nas is up");
});

test("answers go on as messages when their tokens are dead", async () => {
  let now = Date.now();
  const pull = lasting("project pull");
  await using at = await world([pull.operation], { now: () => now });
  const answer = await at.discord.owner.command("t project pull");
  await answer.until("pulling the image");
  now += 20 * 60_000;
  at.discord.expireInteractions();
  pull.end();
  await answer.until("pulled");
});

test("the answer is given when Discord is back", async () => {
  const pull = lasting("project pull");
  await using at = await world([pull.operation]);
  const answer = await at.discord.owner.command("t project pull");
  await answer.until("pulling the image");
  at.discord.restFaults.add({ route: "PATCH /webhooks", kind: { answer: 503 }, times: 6 });
  pull.end();
  await answer.until("pulled");
});

test("who asked is told when Talos ends before the operation", async () => {
  const pull = lasting("project pull");
  await using at = await world([pull.operation]);
  const answer = await at.discord.owner.command("t project pull");
  await answer.until("pulling the image");
  await at.bot[Symbol.asyncDispose]();
  await answer.until("Talos was stopped");
  expect(answer.message.buttons).toEqual([]);
});

test("what could not be acknowledged is not run, and no token is logged", async () => {
  let runs = 0;
  await using at = await world([operation("hosts", async () => text(`run ${++runs}`))]);
  const { discord, bot } = at;
  discord.acknowledgeWithinMs = 300;
  discord.restFaults.add({ route: "/callback", kind: { answer: 404, code: 10_062 } });
  await expect(discord.owner.command("t hosts")).rejects.toThrow("did not respond");
  await bot.said("an interaction was not answered");
  expect(runs).toBe(0);
  const [, , , token = ""] = discord.requests.find(({ route }) => route.includes("/callback"))?.path.split("/") ?? [];
  expect(token.length).toBeGreaterThan(20);
  for (const secret of [token, discord.token]) expect(bot.lines.join()).not.toContain(secret);
});

test("what was acknowledged, though the answer to that was lost, is run once", async () => {
  let runs = 0;
  await using at = await world([operation("hosts", async () => text(`run ${++runs}`))]);
  at.discord.restFaults.add({ route: "/callback", kind: { disconnect: "after" } });
  await (await at.discord.owner.command("t hosts")).until("run 1");
  expect(runs).toBe(1);
});

test("names are offered while they are typed, to those who may", async () => {
  const names = Array.from({ length: 500 }, (_, index) => `container-${index}`);
  const logs = operation("container logs", async () => text("…"), {
    access: "operate",
    arguments: z.strictObject({ host: required(words(), "Host.") }),
    complete: async () => names,
  });
  await using at = await world([logs]);
  const { owner } = at.discord;
  expect(await owner.autocomplete("t container logs", {}, "host", "iner-49")).toEqual([
    "container-49",
    ...Array.from({ length: 10 }, (_, index) => `container-49${index}`),
  ]);
  expect(await owner.autocomplete("t container logs", {}, "host", "")).toHaveLength(25);
  expect(await at.discord.user("eve").autocomplete("t container logs", {}, "host", "")).toEqual([]);
});

test("nothing is offered where it cannot be found out", async () => {
  const logs = operation("container logs", async () => text("…"), {
    complete: () => Promise.reject(new RangeError("of a programmer")),
  });
  await using at = await world([logs]);
  expect(await at.discord.owner.autocomplete("t container logs", {}, "host", "n")).toEqual([]);
});
