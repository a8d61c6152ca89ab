import type * as z from "zod/mini";
import type { DiscordRest } from "../../../discord/rest/discord-rest.ts";
import { refusalNumber } from "../../../discord/rest/explain-rest-failure.ts";
import { TalosError } from "../../../talos-error.ts";

/** Asks Discord for what `path` names, in the form of `schema`; `what` as in RestRequest. */
export type AskDiscord = <Value>(path: `/${string}`, what: string, schema: z.ZodMiniType<Value>) => Promise<Value>;

export function askDiscord(rest: DiscordRest, signal: AbortSignal): AskDiscord {
  return async (path, what, schema) => {
    const parsed = schema.safeParse(await rest({ method: "get", path, what, signal }));
    if (parsed.success) return parsed.data;
    const hint = "check DiscordSettings.ApiUrl";
    throw new TalosError("discord-failed", `Discord did not ${what}: the answer is none of Discord's.`, { hint });
  };
}

/** Discord's numbers for: it is not known to who asks, or hidden from them. */
const unknown = [10003, 10004, 50001, 403, 404];

/** undefined: Discord does not show it to the bot. */
export async function unlessUnknown<Value>(answer: Promise<Value>): Promise<Value | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (unknown.includes(refusalNumber(error) ?? 0)) return undefined;
    throw error;
  }
}
