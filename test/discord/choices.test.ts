import { expect, test } from "vitest";
import { z } from "zod";
import { optional, words } from "../../src/operations/argument-types.ts";
import { defineOperation, type Operation } from "../../src/operations/operation.ts";
import type { View, ViewPart } from "../../src/operations/view.ts";
import { type DiscordServer, discordServer } from "../parties/discord-server.ts";
import { openTestBot } from "./open-test-bot.ts";

type Run = Parameters<typeof defineOperation>[0]["run"];

function operation(name: string, access: Operation["access"], run: Run): Operation {
  return defineOperation({
    name,
    summary: `do ${name}`,
    arguments: z.strictObject({ reference: optional(words(), "What."), answer: optional(words(), "How.") }),
    positional: ["reference"],
    access,
    deadlineSeconds: 60,
    run,
  });
}

function choice(text: string, operation: string, reference: string, answer?: string): ViewPart {
  return { type: "choice", text, operation, arguments: answer === undefined ? { reference } : { reference, answer } };
}

const answersTo = (name: string): View =>
  ["push", "defer", "ignore"].map((word) => choice(`${word} ${name}`, "update answer", name, word));
const line = (text: string): View => [{ type: "text", text }];

async function world(view: View) {
  await using parts = new AsyncDisposableStack();
  const discord = parts.use(await discordServer());
  const done: string[] = [];
  const act: Run = async (_run, { reference, answer }) => {
    done.push(`${String(answer)} ${String(reference)}`);
    return line(`${String(answer)} of ${String(reference)} is done`);
  };
  const operations = [
    operation("updates", "read", async () => [...line("two updates"), ...view]),
    operation("update answer", "operate", act),
    operation("why", "read", async () => line("because")),
  ];
  const bot = parts.use(openTestBot(discord, { operations }));
  await bot.said("the commands were registered");
  const list = await (await discord.owner.command("t updates")).until("two updates");
  const open = parts.move();
  return { discord, list, done, [Symbol.asyncDispose]: () => open.disposeAsync() };
}

const labels = ({ buttons }: { readonly buttons: readonly { readonly label: string }[] }) =>
  buttons.map(({ label }) => label);
const callsOfAnswers = (discord: DiscordServer) => discord.count("/callback") + discord.count("/webhooks");

test("What was chosen goes, with the other answers to its question, and the rest stays: for two calls.", async () => {
  await using at = await world([...answersTo("web"), ...answersTo("db"), choice("Why db", "why", "db")]);
  const { discord, list, done } = at;
  const before = callsOfAnswers(discord);
  const click = await discord.owner.click(list, "push web");
  expect(click.message).toBe(list);
  expect(labels(list)).toEqual(["push db", "defer db", "ignore db", "Why db"]);
  const answer = await discord.message("push of web is done");
  expect(answer).not.toBe(list);
  expect(list.text).toContain("two updates");
  expect(callsOfAnswers(discord) - before).toBe(2);
  await discord.owner.click(list, "ignore db");
  await discord.message("ignore of db is done");
  expect(labels(list)).toEqual(["Why db"]);
  expect(done).toEqual(["push web", "ignore db"]);
});

test("A second click on what was chosen, also on another answer to the same, is told so and does nothing.", async () => {
  await using at = await world(answersTo("web"));
  const { discord, list, done } = at;
  const version = list.versions.length - 1;
  const clicks = await Promise.all([
    discord.owner.click(list, "push web", { version }),
    discord.owner.click(list, "defer web", { version }),
  ]);
  const late = await discord.owner.click(list, "ignore web", { version });
  expect([...clicks, late].filter(({ isPrivate }) => isPrivate)).toHaveLength(2);
  expect(late.message.text).toContain("chosen before");
  await discord.message("of web is done");
  expect(done).toHaveLength(1);
  expect(labels(list)).toEqual([]);
});

test("What was chosen in a select goes from it.", async () => {
  const names = ["a", "b", "c", "d"];
  await using at = await world(names.flatMap(answersTo));
  const { discord, list } = at;
  await discord.owner.select(list, ["defer c"]);
  await discord.message("defer of c is done");
  const [row] = list.components;
  const [select] = row?.components ?? [];
  const left = select?.type === 3 ? select.options.map(({ label }) => label) : labels(list);
  expect(left).toEqual(["a", "b", "d"].flatMap((name) => answersTo(name)).map((part) => "text" in part && part.text));
});

test("A choice that could not be acknowledged was not made.", async () => {
  await using at = await world(answersTo("web"));
  const { discord, list, done } = at;
  discord.acknowledgeWithinMs = 300;
  discord.restFaults.add({ route: "/callback", kind: { answer: 404, code: 10_062 } });
  await expect(discord.owner.click(list, "push web")).rejects.toThrow("did not respond");
  discord.acknowledgeWithinMs = 3000;
  await discord.owner.click(list, "push web");
  await discord.message("push of web is done");
  expect(done).toEqual(["push web"]);
});
