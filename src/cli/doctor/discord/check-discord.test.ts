import { expect, test } from "vitest";
import { loadedFrom } from "../../../config/load-texts.ts";
import { neededPermissions } from "../../../discord/invitation/needed-permissions.ts";
import { explainRestFailure } from "../../../discord/rest/explain-rest-failure.ts";
import { checkDiscord } from "./check-discord.ts";

const { DiscordSettings, Notifications } = loadedFrom({
  files: {
    "/home/me/talos.yaml": `
DiscordSettings: { BotToken: hunter2, GuildId: 1, ChannelId: 10, Access: { Operate: { Roles: [2, 99] } } }
Notifications: [{ ChannelId: 10, Kinds: [Pushed] }, { ChannelId: 11 }]
`,
  },
}).config;

const all = neededPermissions.all.reduce((sum, { bit }) => sum | bit, 0n);
const without = (...names: string[]) =>
  neededPermissions.all.reduce((sum, { name, bit }) => (names.includes(name) ? sum : sum | bit), 0n);

const channel = { type: 0, guild_id: "1", name: "talos", permission_overwrites: [] };
const deny = (id: string, bits: bigint) => [{ id, type: 0, allow: "0", deny: String(bits) }];

type Answers = Readonly<Record<string, unknown>>;

const usual: Answers = {
  "/users/@me": { id: "9", username: "Talos" },
  "/applications/@me": { id: "42" },
  "/guilds/1": {
    id: "1",
    name: "Home",
    roles: [
      { id: "1", permissions: "0" },
      { id: "2", permissions: String(all) },
    ],
  },
  "/guilds/1/members/9": { roles: ["2"], communication_disabled_until: null },
  "/applications/42/guilds/1/commands": [],
  "/channels/10": channel,
  "/channels/11": { ...channel, type: 11, name: "updates", parent_id: "12" },
  "/channels/12": { ...channel, name: "parent" },
};

const refusals = {
  unauthorized: [401, 0],
  "no-access": [403, 50001],
  "no-guild": [404, 10004],
  broken: [500, 0],
} as const;

function refuse(how: keyof typeof refusals): Error {
  const [status, code] = refusals[how];
  return Object.assign(new Error("said Discord"), { status, code });
}

/** Lines as they are shown, without names of what passes. */
async function lines(changes: Answers = {}): Promise<readonly string[]> {
  const findings = await checkDiscord(
    { DiscordSettings, Notifications },
    async ({ path, method, what }) => {
      expect(method).toBe("get");
      const answer = { ...usual, ...changes }[path];
      if (answer instanceof Error) throw explainRestFailure(answer, what);
      if (answer === undefined) throw new Error(`nobody should ask for ${path}`);
      return answer;
    },
    new AbortController().signal,
  );
  return findings.map(({ name, outcome, text }) => `${outcome} ${name}: ${text}`);
}

const right = [
  "passes discord: accepts the token of Talos, application 42",
  "passes discord server: the bot is in Home, and may offer its commands there",
  "notes discord server: DiscordSettings.Access.Operate names 99, which is no role of the server",
  "passes discord channel 10: the bot may post in #talos",
  "passes discord channel 11: the bot may post in #updates",
];

test("where all is right, every channel passes once", async () => {
  expect(await lines()).toEqual(right);
});

test.each<[string, Answers, string]>([
  [
    "hidden",
    { "/channels/10": refuse("no-access") },
    "fails discord channel 10: it is not there, or the bot may not see it",
  ],
  [
    "of another server",
    { "/channels/10": { ...channel, guild_id: "5" } },
    "fails discord channel 10: #talos is in another server",
  ],
  ["a category", { "/channels/10": { ...channel, type: 4 } }, "fails discord channel 10: #talos holds no messages"],
  [
    "without a right",
    { "/channels/10": { ...channel, permission_overwrites: deny("2", 1n << 14n) } },
    "fails discord channel 10: the bot has not all the rights it needs in #talos: Embed Links",
  ],
  [
    "without the right that only threads need",
    { "/channels/10": { ...channel, permission_overwrites: deny("2", 1n << 38n) } },
    "passes discord channel 10: the bot may post in #talos",
  ],
])("a channel that is %s", async (_, changes, line) => {
  expect((await lines(changes))[3]).toBe(line);
});

test.each<[string, Answers, string]>([
  [
    "in a channel without the right",
    { "/channels/12": { ...channel, permission_overwrites: deny("9", 1n << 38n) } },
    "fails discord channel 11: the bot has not all the rights it needs in #updates: Send Messages in Threads",
  ],
  [
    "in a channel where only threads may be written in",
    { "/channels/12": { ...channel, permission_overwrites: deny("2", 1n << 11n) } },
    "passes discord channel 11: the bot may post in #updates",
  ],
  [
    "locked",
    { "/channels/11": { ...channel, type: 11, name: "old", parent_id: "12", thread_metadata: { locked: true } } },
    "fails discord channel 11: the thread #old is locked",
  ],
])("a thread that is %s", async (_, changes, line) => {
  expect((await lines(changes))[4]).toBe(line);
});

test.each(["no-guild", "no-access"] as const)(
  "a bot outside of the server is told how to come in (%s)",
  async (how) => {
    const findings = await checkDiscord(
      { DiscordSettings, Notifications },
      async ({ path, what }) => {
        if (path === "/guilds/1") throw explainRestFailure(refuse(how), what);
        return usual[path];
      },
      new AbortController().signal,
    );
    expect(findings).toHaveLength(2);
    expect(findings[1]).toMatchObject({
      outcome: "fails",
      text: "the bot is not in the server 1",
      advice: expect.stringContaining(`client_id=42&scope=bot+applications.commands&permissions=${all}&guild_id=1`),
    });
  },
);

test("roles decide what the bot may do, and a role less is a right less", async () => {
  const roles = [
    { id: "1", permissions: String(without("Send Messages", "Attach Files")) },
    { id: "2", permissions: String(all) },
  ];
  const changes = {
    "/guilds/1": { id: "1", name: "Home", roles },
    "/guilds/1/members/9": { roles: [] },
  };
  expect((await lines(changes))[3]).toBe(
    "fails discord channel 10: the bot has not all the rights it needs in #talos: Attach Files, Send Messages",
  );
});

test("a bot that was invited without its commands, or was timed out", async () => {
  const changes = {
    "/applications/42/guilds/1/commands": refuse("no-access"),
    "/guilds/1/members/9": { roles: ["2"], communication_disabled_until: "9999-01-01T00:00:00Z" },
  };
  expect((await lines(changes)).slice(1, 3)).toEqual([
    "fails discord server: the bot is in Home, and may not offer commands there",
    "fails discord server: the bot may not post until 9999-01-01T00:00:00Z: it was timed out",
  ]);
});

test.each([
  [
    { "/users/@me": refuse("unauthorized") },
    "Discord did not tell who the bot is: it does not accept the bot's token (401).",
  ],
  [{ "/users/@me": { welcome: "to nginx" } }, "Discord did not tell who the bot is: the answer is none of Discord's."],
  [{ "/channels/10": refuse("broken") }, "Discord did not show the channel 10: said Discord (500)."],
])("what stands in the way ends the check: %j", async (changes, message) => {
  await expect(lines(changes)).rejects.toThrow(message);
});
