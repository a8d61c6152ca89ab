import { once } from "node:events";
import { createServer } from "node:http";
import { expect, test } from "vitest";
import { WebSocketServer } from "ws";
import type { Session } from "../../src/discord/connection/session.ts";
import { signIn } from "../../src/discord/connection/sign-in.ts";
import { createSecret } from "../../src/telemetry/secret.ts";
import { type DiscordServer, discordServer } from "../parties/discord-server.ts";
import { listen } from "../parties/listen.ts";

async function session(discord: DiscordServer, patienceMs: number): Promise<Session> {
  const { token, restUrl: apiUrl, place } = discord;
  const outcome = await signIn(
    { token: createSecret(token), apiUrl, guildId: place.guildId, patienceMs },
    () => undefined,
    new AbortController().signal,
  );
  if (outcome.kind === "failed") throw new Error(outcome.text);
  return outcome;
}

test("a connection that does not come back in time has ended", async () => {
  await using discord = await discordServer();
  await using open = await session(discord, 700);
  await discord.goAway();
  expect((await open.ended).text).toContain("does not come back");
});

test("a sign-in that was given up while its connection was being made goes on no more", async () => {
  await using mute = await muteGateway();
  const stop = new AbortController();
  const given = attempt(mute.apiUrl, 60_000, stop.signal);
  await mute.connected(1);
  stop.abort();
  expect(await given).toEqual({ kind: "failed", text: "it was signed out" });
  // This one lasts as long as the other one would need to begin anew.
  expect(await attempt(mute.apiUrl, 1500, new AbortController().signal)).toMatchObject({ kind: "failed" });
  expect(mute.count()).toBe(2);
});

test("an address that does not answer as Discord does is a failure with advice", async () => {
  await using discord = await discordServer();
  const { token, restUrl, place } = discord;
  discord.restFaults.add({ route: "GET /gateway", kind: { answer: 404 }, times: 9 });
  const outcome = await signIn(
    { token: createSecret(token), apiUrl: restUrl, guildId: place.guildId, patienceMs: 5000 },
    () => undefined,
    new AbortController().signal,
  );
  expect(outcome).toMatchObject({
    kind: "failed",
    text: expect.stringContaining("Discord did not let the bot sign in"),
  });
});

function attempt(apiUrl: string, patienceMs: number, signal: AbortSignal) {
  return signIn({ token: createSecret("t0ken"), apiUrl, guildId: "1", patienceMs }, () => undefined, signal);
}

/** Takes connections, and never says anything. */
async function muteGateway() {
  const server = createServer((_request, response) => {
    response.setHeader("content-type", "application/json");
    const session_start_limit = { total: 9, remaining: 9, reset_after: 0, max_concurrency: 1 };
    response.end(JSON.stringify({ url: `ws://${listening.host}`, shards: 1, session_start_limit }));
  });
  const sockets = new WebSocketServer({ server });
  let count = 0;
  sockets.on("connection", () => (count += 1));
  const listening = await listen(server);
  return {
    apiUrl: `http://${listening.host}/api`,
    count: () => count,
    async connected(wanted: number) {
      while (count < wanted) await once(sockets, "connection");
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      await listening[Symbol.asyncDispose]();
    },
  };
}
