import { createServer } from "node:http";
import { openChanges } from "./discord/changes.ts";
import { type Gateway, openGateway } from "./discord/gateway.ts";
import { openRateLimiter, type RateLimits, usualLimits } from "./discord/rest/rate-limits.ts";
import { serveRest } from "./discord/rest/rest.ts";
import type { RestCall } from "./discord/rest/rest-call.ts";
import { openRestFaults, type RestFaults } from "./discord/rest/rest-faults.ts";
import { openCommands, type RegisteredCommand } from "./discord/state/commands.ts";
import type { DiscordState } from "./discord/state/discord-state.ts";
import { openInteractions } from "./discord/state/interactions.ts";
import type { DiscordMessage } from "./discord/state/messages.ts";
import { makePlace, type Place, type Role } from "./discord/state/place.ts";
import { type DiscordUser, includes, openUser } from "./discord/user.ts";
import { freePort } from "./free-port.ts";
import { listen } from "./listen.ts";

/**
 * A stand-in for Discord: its REST API and gateway on 127.0.0.1, with one server, for a real client and as strict as the
 * real one. Whatever the bot sends that Discord would refuse, or that allows a mention, is answered 400, fails the test that
 * waits, and fails at the latest when this is disposed of.
 */
export interface DiscordServer extends AsyncDisposable {
  /** For `DiscordSettings.ApiUrl`: without the version. */
  readonly restUrl: string;
  readonly place: Place;
  /** What the bot signs in with; another one from now on: the present one is refused everywhere. */
  token: string;
  /** Every REST call in the order of arrival. */
  readonly requests: readonly RestCall[];
  readonly gateway: Gateway;
  readonly restFaults: Pick<RestFaults, "add" | "clear" | "left">;
  readonly commands: readonly RegisteredCommand[];
  /** How long the bot may take to acknowledge: Discord's 3 s. */
  acknowledgeWithinMs: number;
  /** REST calls whose route has that in it: `POST /channels/:channel/messages`; `from`: of those that came after so many. */
  count(route: string, from?: number): number;
  /** What everybody sees in a channel, oldest first. Default: the bot's. */
  messages(channelId?: string): readonly DiscordMessage[];
  /** The newest message that everybody sees with that text; waits for it. */
  message(wanted: string | RegExp, channelId?: string): Promise<DiscordMessage>;
  until<Found>(what: string, look: () => Found | undefined | false): Promise<Found>;
  /** Waits for a bot that is signed in and can be spoken to. */
  signedIn(): Promise<void>;
  /** A member; each call makes another one. Without roles it has the rights of everybody. */
  user(name: string, roles?: readonly Role[]): DiscordUser;
  readonly owner: DiscordUser;
  /** Somebody with the right deletes it by hand. */
  remove(message: DiscordMessage): void;
  /** Discord cannot be reached any more: connections end, and new ones are refused. */
  goAway(): Promise<void>;
  comeBack(): Promise<void>;
  /** As if 15 minutes had passed: answers to everything so far cannot be changed any more. */
  expireInteractions(): void;
  /** As if some minutes had passed: a nonce of before may be used again. */
  forgetNonces(): void;
  /** What the judge found so far, and forgets it. */
  takeViolations(): readonly string[];
}

export interface DiscordServerOptions {
  /** How long `until` and the like wait; default 15 s. */
  readonly patienceMs?: number;
  /** Default: about those of Discord itself. */
  readonly limits?: RateLimits;
}

export async function discordServer({
  patienceMs = 15_000,
  limits = usualLimits,
}: DiscordServerOptions = {}): Promise<DiscordServer> {
  const place = makePlace();
  const calls: RestCall[] = [];
  const violations: string[] = [];
  let isTold = false;
  const changes = openChanges(
    patienceMs,
    () => {
      if (violations.length === 0) return undefined;
      isTold = true;
      return `the bot has sent what Discord refuses:\n${violations.join("\n")}`;
    },
    () => describe(calls, state, gateway),
  );
  const { tell } = changes;
  const interactions = openInteractions(place.newId, 3000, tell);
  const state: DiscordState = { place, messages: [], commands: openCommands(place), interactions, nonces: new Map() };
  const faults = openRestFaults();
  const gateway = openGateway(place, makeToken(place), tell);
  const parts = {
    state,
    faults,
    limiter: openRateLimiter(limits),
    calls,
    violations,
    tell,
    gatewayUrl: () => gateway.url,
    token: () => gateway.token,
  };
  const server = createServer((request, response) => {
    serveRest(parts, request, response).catch((error: unknown) => {
      violations.push(`the stand-in for Discord failed: ${String(error)}`);
      response.writeHead(500).end();
      tell();
    });
  });
  server.on("upgrade", (request, socket, head) => gateway.accept(request, socket, head));
  const port = await freePort();
  const listening = await listen(server, port);
  gateway.url = `ws://${listening.host}`;
  const user = (member: Parameters<typeof openUser>[1]) =>
    openUser({ state, changes, dispatch: gateway.dispatch }, member);

  const discord: DiscordServer = {
    restUrl: `http://${listening.host}/api`,
    place,
    requests: calls,
    gateway,
    restFaults: faults,
    owner: user(place.owner),
    until: (what, look) => changes.until(what, look),
    get token() {
      return gateway.token;
    },
    set token(token) {
      gateway.token = token;
    },
    get commands() {
      return state.commands.all;
    },
    get acknowledgeWithinMs() {
      return interactions.acknowledgeWithinMs;
    },
    set acknowledgeWithinMs(ms) {
      interactions.acknowledgeWithinMs = ms;
    },
    count: (route, from = 0) => calls.slice(from).filter((call) => call.route.includes(route)).length,
    messages: (channelId = place.channel.id) =>
      state.messages.filter(
        (message) => message.channelId === channelId && !message.isDeleted && message.onlyFor === undefined,
      ),
    message: (wanted, channelId) =>
      changes.until(`a message with ${wanted}`, () =>
        discord.messages(channelId).findLast(({ text }) => includes(text, wanted)),
      ),
    async signedIn() {
      await changes.until("a bot that is signed in", () => gateway.connected > 0);
    },
    user(name, roles = []) {
      const member = { id: place.newId(), name, nick: null, roles, isBot: false };
      place.members.set(member.id, member);
      return user(member);
    },
    remove: (message) => state.messages.find(({ id }) => id === message.id)?.remove(),
    goAway: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      gateway.drop();
      server.closeAllConnections();
      await closed;
    },
    comeBack: () => new Promise((resolve) => server.listen(port, "127.0.0.1", resolve)),
    expireInteractions: () => interactions.expire(),
    forgetNonces: () => state.nonces.clear(),
    takeViolations: () => violations.splice(0),
    async [Symbol.asyncDispose]() {
      interactions.close();
      gateway.drop();
      if (server.listening) await listening[Symbol.asyncDispose]();
      if (violations.length > 0 && !isTold)
        throw new Error(`the bot sent what Discord refuses:\n${violations.join("\n")}`);
    },
  };
  return discord;
}

/** Of the form of a real one. */
function makeToken({ applicationId }: Place): string {
  return `${Buffer.from(applicationId).toString("base64url")}.Talos0.${"0123456789abcdefghi".repeat(2)}`;
}

function describe(calls: readonly RestCall[], { messages }: DiscordState, gateway: Gateway): string {
  return [
    `${gateway.connected} bots are connected; refused ${gateway.refusals.join(", ") || "none"}. The latest calls:`,
    ...calls.slice(-15).map(({ route, status }) => `  ${route} ${status ?? "unanswered"}`),
    "The latest messages:",
    ...messages
      .slice(-6)
      .map(
        ({ text, onlyFor, buttons }) =>
          `  ${onlyFor === undefined ? "" : "(private) "}${text.replaceAll("\n", "\n    ")} [${buttons.map(({ label }) => label).join(", ")}]`,
      ),
  ].join("\n");
}
