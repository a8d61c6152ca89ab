import { expect, test } from "vitest";
import { createMemoryStore } from "../../src/store/memory-store.ts";
import { infra } from "../fixtures/fake-talos.ts";
import { keptQuestion, serviceUpdate } from "../fixtures/question-events.ts";
import { discordServer } from "../parties/discord-server.ts";
import { openTestBot, type TestBotOptions } from "./open-test-bot.ts";

type Discord = Awaited<ReturnType<typeof discordServer>>;

/** With a question about each. */
function openAsking(discord: Discord, names: readonly string[], options: TestBotOptions) {
  const bot = openTestBot(discord, options);
  bot.talos.state.questions.push(...names.map((name) => keptQuestion(name, serviceUpdate(name, "1.0.1"))));
  return bot;
}

test.each([
  ["a button", ["web"]],
  ["a select", ["a", "b", "c", "web"]],
])("%s of a prompt works from the moment the bot is back", async (_, names) => {
  const store = createMemoryStore();
  await using discord = await discordServer();
  await using before = openAsking(discord, names, { store });
  const asked = await discord.message(/» web|\*\*web\*\*/);
  await before[Symbol.asyncDispose]();
  await using after = openAsking(discord, names, { store });
  await discord.signedIn();
  if (names.length === 1) await discord.owner.click(asked, "Push");
  else {
    const chosen = await discord.owner.select(asked, ["web"]);
    const offer = await chosen.until("Answer 1 question");
    await discord.owner.click(offer, "Push");
  }
  const call = `answer ${infra} compose:compose.yml#/services/web push by owner (discord)`;
  await discord.until("the answer", () => after.talos.state.calls.length > 0);
  expect(after.talos.state.calls).toEqual([call]);
  expect(after.lines.filter((line) => !line.startsWith("Discord:"))).toEqual([]);
});
