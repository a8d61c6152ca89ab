import type { Message } from "../message.ts";

export interface RestRequest {
  readonly method: "get" | "post" | "put" | "patch";
  /** Without the version: `/channels/5/messages`. */
  readonly path: `/${string}`;
  /** What is asked for, for whoever reads of a failure: `post to channel 5`. The path may hold a secret, this must not. */
  readonly what: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly files?: Message["files"] | undefined;
  /** Goes without the bot's token: the path has a token of its own. */
  readonly isOpen?: true;
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
}

/**
 * One request to Discord's REST API: resolves to the answer's JSON. Limits are waited for and passing faults repeated a
 * few times; what is left is a TalosError `discord-failed`, or the reason of the caller's signal.
 */
export type DiscordRest = (request: RestRequest) => Promise<unknown>;
