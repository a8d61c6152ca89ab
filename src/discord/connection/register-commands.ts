import { createHash } from "node:crypto";
import * as z from "zod/mini";
import type { Collection } from "../../store/store.ts";
import type { DiscordRest } from "../rest/discord-rest.ts";

export interface CommandPlace {
  readonly applicationId: string;
  readonly guildId: string;
}

const registered = z.object({ fingerprint: z.string() });

/**
 * Makes these the application's commands in the server, all of them at once; nothing else of Talos registers any. What was
 * registered is remembered, so that it is done again only when they have changed.
 */
export async function registerCommands(
  commands: readonly object[],
  { applicationId, guildId }: CommandPlace,
  { rest, memory }: { readonly rest: DiscordRest; readonly memory: Collection },
  signal: AbortSignal,
): Promise<"registered" | "unchanged"> {
  const fingerprint = createHash("sha256").update(JSON.stringify(commands)).digest("hex");
  const key = `${keyOf(guildId)}${applicationId}`;
  const known = registered.safeParse((await memory.get(key))?.value);
  if (known.success && known.data.fingerprint === fingerprint) return "unchanged";
  await rest({
    method: "put",
    path: `/applications/${applicationId}/guilds/${guildId}/commands`,
    what: `take the commands for the server ${guildId}`,
    body: commands,
    signal,
  });
  await memory.put(key, { fingerprint });
  return "registered";
}

/** The bot was not in the server: Discord has dropped what was registered there. */
export async function forgetCommands(guildId: string, memory: Collection): Promise<void> {
  for (const { key } of await memory.list(keyOf(guildId))) await memory.delete(key);
}

function keyOf(guildId: string): string {
  return `commands/${guildId}/`;
}
