/**
 * What the holder of the lease does: it signs in, and again whenever a session ends (stay-signed-in.ts). Interactions and
 * notices outlive sessions: they ask for the session of now (current-session.ts), and wait or fail while there is none.
 * Nothing here throws for what Discord does; it is told once and tried again.
 */
import type { Lease } from "../../store/store.ts";
import { commandTree } from "../commands/command-tree.ts";
import { openInteractions } from "../interactions/open-interactions.ts";
import { runNotices } from "../notices/run-notices.ts";
import type { BotPorts, BotSettings, Clock } from "../open-bot.ts";
import type { DiscordRest } from "../rest/discord-rest.ts";
import { openDiscordApi } from "../rest/open-discord-api.ts";
import { createCurrentSession } from "./current-session.ts";
import { keepTrying } from "./keep-trying.ts";
import { forgetCommands, registerCommands } from "./register-commands.ts";
import type { Session } from "./session.ts";
import { signIn } from "./sign-in.ts";
import { staySignedIn } from "./stay-signed-in.ts";
import { untilAborted } from "./until-aborted.ts";

/** How long Discord may take to let the bot in, and to let it in again. */
const patienceMs = 60_000;

/** Until the signal aborts. What people have asked for is ended before the bot signs out, so that they can be told. */
export async function beTheBot(
  ports: BotPorts & Clock & { readonly lease: Lease; readonly onState: (problem: string | undefined) => void },
  settings: BotSettings,
  signal: AbortSignal,
): Promise<void> {
  const memory = ports.store.collection("discord");
  const current = createCurrentSession();
  const api = openDiscordApi(current.rest, current.botId);
  const interactions = openInteractions({ ...ports, ...current, guildId: settings.guildId, api });
  const signedIn = new AbortController();
  // From the beginning: what happens before the first sign-in is told after it.
  const notices = runNotices(
    { ...ports, api: openDiscordApi(current.patientRest, current.botId) },
    AbortSignal.any([signal, signedIn.signal]),
  ).catch((error: unknown) => ports.log.error({ error: String(error) }, "Discord: notices ended by a fault of Talos"));
  const staying = staySignedIn(
    {
      ...ports,
      async onSession(session, over) {
        current.use(session, over);
        await prepareServer(session, ports, settings, over);
      },
      async signIn(trial) {
        const outcome = await signIn({ ...settings, patienceMs }, interactions.receive, trial);
        if (outcome.kind === "failed" && outcome.isExpelled === true) await forgetCommands(settings.guildId, memory);
        return outcome;
      },
    },
    signedIn.signal,
  );
  try {
    await Promise.race([untilAborted(signal), staying]);
  } finally {
    await interactions[Symbol.asyncDispose]();
    signedIn.abort();
    await Promise.allSettled([staying, notices]);
  }
}

/** Registers the commands, and says why when the bot has no way to its channel. */
async function prepareServer(
  { applicationId, rest }: Session,
  ports: BotPorts & Clock,
  { guildId, channelId }: BotSettings,
  signal: AbortSignal,
): Promise<void> {
  const commands = commandTree(ports.operations);
  const memory = ports.store.collection("discord");
  const register = async (): Promise<void> => {
    const outcome = await registerCommands(commands, { applicationId, guildId }, { rest, memory }, signal);
    if (outcome === "registered") ports.log.info("Discord: the commands were registered");
  };
  await Promise.all([
    keepTrying(register, ports, signal),
    keepTrying(() => findChannel(rest, channelId, signal), ports, signal),
  ]);
}

async function findChannel(rest: DiscordRest, channelId: string | undefined, signal: AbortSignal): Promise<void> {
  if (channelId === undefined) return;
  await rest({ method: "get", path: `/channels/${channelId}`, what: `show the channel ${channelId}`, signal });
}
