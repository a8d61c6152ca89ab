import * as z from "zod/mini";
import { TalosError } from "../../talos-error.ts";

const refusal = z.object({
  status: z.number(),
  message: z.string(),
  /** Discord's own number of the reason. */
  code: z.optional(z.union([z.number(), z.string()])),
});
const limited = z.object({ retryAfter: z.number(), timeToReset: z.number() });

/** What an interaction's token becomes after 15 minutes. */
const invalidWebhookToken = 50027;

const hints: Readonly<Record<number, string>> = {
  10003: "Check the channel's id in the configuration.",
  10004: "Check DiscordSettings.GuildId, and that the bot was invited to that server.",
  50001: "Let the bot see that channel; for commands, invite it with the scope applications.commands.",
  50013: "Give the bot the permissions View Channel, Send Messages, Embed Links and Attach Files there.",
};

/** `what`: as in RestRequest. Nothing of the request is repeated: its path and body may hold a token. */
export function explainRestFailure(error: unknown, what: string): TalosError {
  const refused = refusal.safeParse(error);
  if (refused.success) return explainRefusal(refused.data, what);
  const wait = limited.safeParse(error);
  if (wait.success) {
    const seconds = Math.ceil(Math.max(wait.data.retryAfter, wait.data.timeToReset) / 1000);
    return failed(what, `too much was asked of it, it wants ${seconds} s of rest`, {
      retryable: true,
      retryAfterSeconds: seconds,
    });
  }
  return failed(what, `it cannot be reached: ${wordNetworkFailure(error)}`, { retryable: true });
}

function explainRefusal({ status, message, code }: z.infer<typeof refusal>, what: string): TalosError {
  if (status === 401 && code !== invalidWebhookToken)
    return failed(what, "it does not accept the bot's token (401)", {
      retryable: true,
      cause: { refusal: 401 },
      hint: "Copy the token again from Discord's developer portal into DiscordSettings.BotToken.",
    });
  const number = typeof code === "number" && code !== 0 ? code : status;
  const words = `${message.replaceAll(/\s+/g, " ").trim() || "no reason given"} (${number})`;
  const hint = hints[number];
  return failed(what, words, {
    retryable: status >= 500 || status === 429,
    ...(hint === undefined ? {} : { hint }),
    cause: { refusal: number },
  });
}

/** Discord's number of the reason why it refused a request, the status where it gave none; undefined: it did not refuse. */
export function refusalNumber(error: unknown): number | undefined {
  if (!(error instanceof TalosError)) return undefined;
  const parsed = z.object({ refusal: z.number() }).safeParse(error.cause);
  return parsed.success ? parsed.data.refusal : undefined;
}

/** The session is over by that, and its end is told: whoever gets this needs not tell. */
export function isTokenRefused(error: unknown): boolean {
  return refusalNumber(error) === 401;
}

function failed(
  what: string,
  why: string,
  facts: { retryable: boolean; hint?: string; retryAfterSeconds?: number; cause?: unknown },
): TalosError {
  return new TalosError("discord-failed", `Discord did not ${what}: ${why}.`, facts);
}

function wordNetworkFailure(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  if (error.name === "AbortError" || error.name === "TimeoutError") return "no answer in time";
  return error.message === "" && "code" in error ? String(error.code) : error.message;
}
