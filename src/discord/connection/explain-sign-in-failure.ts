import { TalosError } from "../../talos-error.ts";
import { explainRestFailure, isTokenRefused } from "../rest/explain-rest-failure.ts";

const wrongToken =
  "Discord does not accept the bot's token; copy it again from the developer portal into DiscordSettings.BotToken";

/** What the gateway connection says when Discord closes it for good, and what it means. */
const closings: readonly (readonly [said: string, means: string])[] = [
  ["Authentication failed", wrongToken],
  ["Used disallowed intents", "Discord does not allow the bot to see the server (4014): intents are not allowed to it"],
  ["Used invalid intents", "Discord does not know an intent that Talos asks for (4013)"],
  ["Used an invalid API version", "Discord no longer speaks the version of its API that Talos knows (4012)"],
  ["Sharding is required", "the bot is in too many servers for one connection (4011)"],
];

/** Why the bot is not signed in: one line without an end stop. Never the token. */
export function explainSignInFailure(error: unknown): string {
  if (typeof error === "string") return error;
  if (isTokenRefused(error)) return wrongToken;
  if (error instanceof TalosError) return withHint(error);
  if (!(error instanceof Error)) return "the sign-in failed";
  const closing = closings.find(([said]) => error.message === said);
  if (closing !== undefined) return closing[1];
  if (error.message.startsWith("Not enough sessions remaining"))
    return `Discord allows no further sign-in now: ${error.message}`;
  const explained = explainRestFailure(error, "let the bot sign in");
  return isTokenRefused(explained) ? wrongToken : withHint(explained);
}

function withHint({ message, hint }: TalosError): string {
  return [message, hint]
    .flatMap((part) => part ?? [])
    .map((part) => part.replace(/\.$/, ""))
    .join("; ");
}
