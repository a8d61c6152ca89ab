import { expect } from "vitest";
import type { RunningDaemon } from "../daemon/run-daemon.ts";
import { openWorld, type WatchedRepository, type World } from "../daemon/world.ts";
import type { DiscordMessage } from "../parties/discord/state/messages.ts";
import { type DiscordServer, type DiscordServerOptions, discordServer } from "../parties/discord-server.ts";
import { type GitServer, gitServer } from "../parties/git-server.ts";

/** Talos as a process of its own, with a registry, a git server and a Discord; scans come on request alone. */
export interface DiscordWorld extends AsyncDisposable {
  readonly world: World;
  readonly discord: DiscordServer;
  readonly git: GitServer;
  /** The repository `home/infra`; the only one that is watched. */
  repository(files: Readonly<Record<string, string>>): Promise<WatchedRepository>;
  /** Pushes an image under each tag. */
  push(name: string, ...tags: readonly string[]): Promise<void>;
  /** A compose file with a service for each image, of which 1.0.0 is used now. */
  compose(policies: Readonly<Record<string, string>>): string;
  /** Starts Talos and waits until it is in Discord and, the first time, has scanned. */
  start(more?: DaemonSettings): Promise<RunningDaemon>;
  /** Scans once more, and waits until that is over. */
  scan(): Promise<void>;
  /** `talos <args>`; must succeed. */
  talos(...args: readonly string[]): Promise<string>;
}

interface DaemonSettings {
  readonly discord?: object;
  readonly settings?: object;
  readonly environment?: Readonly<Record<string, string>>;
  /** Default: yes. */
  readonly isDiscordThere?: boolean;
  /** It has not run before, so it scans at once. Default: yes. */
  readonly isFirst?: boolean;
}

/** Several programs are started, and several scans waited for. */
export const patience = { timeout: 90_000 };

export async function openDiscordWorld(options: DiscordServerOptions = {}): Promise<DiscordWorld> {
  await using stack = new AsyncDisposableStack();
  const discord = stack.use(await discordServer(options));
  // Other tests share the processor; that the bot acknowledges before it works is tried with the bot alone.
  discord.acknowledgeWithinMs = 20_000;
  const world = stack.use(await openWorld());
  const git = stack.use(await gitServer(world.folder.path));
  let daemon: RunningDaemon | undefined;
  const parts = stack.move();
  const talos = async (...args: readonly string[]) => {
    const { status, stdout, stderr } = await world.talos(args);
    expect({ args, status, text: stdout + stderr }).toMatchObject({ status: 0 });
    return stdout;
  };
  return {
    world,
    discord,
    git,
    talos,
    repository: (files) => world.repository("home/infra", files),
    async push(name, ...tags) {
      for (const tag of tags) await world.registry.push({ repository: name, tags: [tag], content: `${name}:${tag}` });
    },
    compose: (policies) =>
      `services:\n${Object.entries(policies)
        .map(([name, policy]) => `  ${name}:\n    image: ${world.registry.host}/${name}:1.0.0\n    x-tl: ${policy}\n`)
        .join("")}`,
    async start({ discord: more = {}, settings = {}, environment = {}, isDiscordThere = true, isFirst = true } = {}) {
      daemon = await world.daemon(
        { ...daemonSettings(git), ...settings, DiscordSettings: { ...botSettings(discord), ...more } },
        { patienceMs: 30_000, environment },
      );
      if (isDiscordThere) {
        await discord.signedIn();
        await discord.until("commands", () => discord.commands.length > 0);
      }
      if (isFirst) await daemon.waitFor("a scan", ({ kind }) => kind === "scan-finished" || kind === "scan-failed");
      return daemon;
    },
    async scan() {
      await talos("scan");
    },
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}

function botSettings({ token, restUrl, place }: DiscordServer): object {
  return { BotToken: token, GuildId: place.guildId, ChannelId: place.channel.id, ApiUrl: restUrl };
}

function daemonSettings(git: GitServer): object {
  return {
    ImageUpdateSettings: {
      Schedule: { Type: "Delay", DelaySeconds: 3600 },
      Hosts: { git: { Type: "Gitea" } },
      Repositories: [{ Url: `${git.url}/home/infra.git`, Host: "git" }],
    },
  };
}

/** What a person does in the clone, on top of what is there. */
export async function byHand({ clone }: WatchedRepository, files: Readonly<Record<string, string>>): Promise<void> {
  await clone.git("fetch", "--quiet", "origin", "main");
  await clone.git("reset", "--quiet", "--hard", "origin/main");
  await clone.commit(files);
  await clone.git("push", "--quiet", "origin", "HEAD:main");
}

export function labels({ buttons }: Pick<DiscordMessage, "buttons">): readonly string[] {
  return buttons.filter(({ isDisabled, url }) => !isDisabled && url === undefined).map(({ label }) => label);
}
