import type { Config } from "../../../config/schema.ts";
import type { DiscordRest } from "../../../discord/rest/discord-rest.ts";
import { openRest, restOptions } from "../../../discord/rest/open-rest.ts";
import type { Secret } from "../../../telemetry/secret.ts";

export async function openDoctorRest(token: Secret, { ApiUrl }: Config["DiscordSettings"]): Promise<DiscordRest> {
  const { REST } = await import("@discordjs/rest");
  const client = new REST({ ...restOptions, api: ApiUrl, retries: 1, hashSweepInterval: 0, handlerSweepInterval: 0 });
  return openRest(client.setToken(token.reveal()), () => undefined);
}
