import { expect, test } from "vitest";
import { z } from "zod";
import { defineOperation, type Operation } from "../../src/operations/operation.ts";
import { createMemoryStore } from "../../src/store/memory-store.ts";
import type { Store } from "../../src/store/store.ts";
import { TalosError } from "../../src/talos-error.ts";
import { type DiscordServer, discordServer } from "../parties/discord-server.ts";
import { openTestBot, type TestBotOptions } from "./open-test-bot.ts";

const secret = "s3cr3t-0123456789";

async function world(options: TestBotOptions = {}) {
  await using parts = new AsyncDisposableStack();
  const discord = parts.use(await discordServer());
  const bot = parts.use(openTestBot(discord, options));
  await bot.said("the commands were registered");
  const open = parts.move();
  return { discord, bot, [Symbol.asyncDispose]: () => open.disposeAsync() };
}

type Run = Parameters<typeof defineOperation>[0]["run"];

function privately(run: Run): Operation {
  return defineOperation({
    name: "createwebhook",
    summary: "show a secret",
    arguments: z.strictObject({}),
    positional: [],
    access: "admin",
    deadlineSeconds: 60,
    isPrivate: true,
    run,
  });
}

/** Everything that is written to it, as text. */
function watched(store: Store): { readonly store: Store; readonly written: () => string } {
  const written: unknown[] = [];
  return {
    written: () => JSON.stringify(written),
    store: {
      ...store,
      write: (changes, lease) => {
        written.push(changes);
        return store.write(changes, lease);
      },
      cache: (name) => {
        const cache = store.cache(name);
        return {
          ...cache,
          put: (key, value, seconds) => {
            written.push(key, value);
            return cache.put(key, value, seconds);
          },
        };
      },
    },
  };
}

/** What everybody in the channel could read, at any time. */
function seenByAll(discord: DiscordServer): string {
  return JSON.stringify(discord.messages().map(({ text, versions }) => [text, versions]));
}

test("A token is shown to whoever asked alone, and is nowhere else.", async () => {
  const { store, written } = watched(createMemoryStore());
  await using at = await world({ store });
  const answer = await at.discord.owner.command("t createwebhook", { name: "hook", integration: "gitlab" });
  const message = await answer.until("not shown again");
  expect(answer.isPrivate).toBe(true);
  const [, token = ""] = /(whsec_[A-Za-z0-9+/]{43}=)/.exec(message.text) ?? [];
  expect(await at.bot.talos.tokens.find(token)).toMatchObject({ name: "hook" });
  for (const told of [seenByAll(at.discord), written(), at.bot.lines.join("\n"), JSON.stringify(at.bot.talos.log)])
    expect(told).not.toContain(token.slice(6, 26));
});

test("Who has tokens is told to whoever asked alone, in pages too.", async () => {
  await using at = await world();
  for (let index = 0; index < 150; index += 1)
    await at.bot.talos.tokens.create({
      name: `token-with-a-long-name-${index}`,
      use: { kind: "api", access: "read" },
      createdBy: "ada (terminal)",
      expiresMs: undefined,
    });
  const answer = await at.discord.owner.command("t token list");
  const shown = await answer.until("150 tokens");
  expect(answer.isPrivate).toBe(true);
  await at.discord.owner.click(shown, "▶");
  expect(seenByAll(at.discord)).not.toContain("token-with-a-long-name");
});

test.each([
  ["a failure", new TalosError("store-unusable", `the key is not right: ${secret}`)],
  ["a fault", new TypeError(`a fault: ${secret}`)],
])("%s of what answers in private is told in private.", async (_, error) => {
  await using at = await world({ operations: [privately(async () => Promise.reject(error))] });
  const answer = await at.discord.owner.command("t createwebhook");
  await answer.until((message) => message.text.length > 0);
  expect(answer.isPrivate).toBe(true);
  expect(seenByAll(at.discord)).not.toContain(secret);
});

test("Progress is private, and an answer that comes too late for it is given to nobody.", async () => {
  let now = Date.now();
  const end = Promise.withResolvers<void>();
  const run = async function* (): AsyncGenerator<{ kind: "status"; text: string }, { type: "code"; text: string }[]> {
    yield { kind: "status", text: "making it" };
    await end.promise;
    return [{ type: "code", text: secret }];
  };
  await using at = await world({ operations: [privately(run)], now: () => now });
  const answer = await at.discord.owner.command("t createwebhook");
  await answer.until("making it");
  expect(answer.isPrivate).toBe(true);
  now += 20 * 60_000;
  at.discord.expireInteractions();
  end.resolve();
  await at.bot.said("was not answered");
  expect(seenByAll(at.discord)).not.toContain(secret);
  expect(seenByAll(at.discord)).not.toContain("making it");
  expect(at.bot.lines.join("\n")).not.toContain(secret);
});
