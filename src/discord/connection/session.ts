import type { DiscordRest } from "../rest/discord-rest.ts";

/** Why the bot is not signed in, for a person. */
export interface SignInFailure {
  readonly kind: "failed";
  readonly text: string;
  /** The bot is not in the server; what it registered there is gone. */
  readonly isExpelled?: true;
}

/** We wanted it so. */
export const signedOut: SignInFailure = { kind: "failed", text: "it was signed out" };

/** The bot, signed in. Disposing of it signs out. */
export interface Session extends AsyncDisposable {
  readonly kind: "signed-in";
  readonly rest: DiscordRest;
  readonly applicationId: string;
  /** The bot's own user. */
  readonly userId: string;
  /** Resolves when it has ended for good, without having been disposed of. */
  readonly ended: Promise<SignInFailure>;
}
