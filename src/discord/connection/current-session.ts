import { setTimeout as delay } from "node:timers/promises";
import { TalosError } from "../../talos-error.ts";
import type { DiscordRest, RestRequest } from "../rest/discord-rest.ts";
import { isTokenRefused } from "../rest/explain-rest-failure.ts";
import type { Session } from "./session.ts";

/** The session of now, for those who outlive sessions. */
export interface CurrentSession {
  /** Fails, `retryable`, while the bot is not signed in. */
  readonly rest: DiscordRest;
  /** Waits while the bot is not signed in, or its token is refused, as long as the request's deadline and signal allow. */
  readonly patientRest: DiscordRest;
  /** The bot's own user id; undefined: it was never signed in. */
  readonly botId: () => string | undefined;
  /** Until the signal aborts. */
  use(session: Session, signal: AbortSignal): void;
}

const longestDelayMs = 2 ** 31 - 1;

export function createCurrentSession(): CurrentSession {
  let current: Session | undefined;
  let botId: string | undefined;
  let awaited = Promise.withResolvers<void>();
  const rest: DiscordRest = async (request) => {
    if (current !== undefined) return current.rest(request);
    request.signal?.throwIfAborted();
    throw new TalosError("discord-failed", `Discord did not ${request.what}: the bot is not signed in.`, {
      retryable: true,
    });
  };
  const leave = (session: Session) => {
    if (current !== session) return;
    current = undefined;
    awaited = Promise.withResolvers();
  };
  return {
    rest,
    async patientRest(request) {
      for (;;) {
        if (current === undefined) await comesInTime(awaited.promise, request);
        const session = current;
        try {
          return await rest(request);
        } catch (error) {
          if (session === undefined || request.isOpen === true || !isTokenRefused(error)) throw error;
          // Nothing was done, and the session is about to end.
          leave(session);
        }
      }
    },
    botId: () => botId,
    use(session, signal) {
      current = session;
      botId = session.userId;
      awaited.resolve();
      signal.addEventListener("abort", () => leave(session));
    },
  };
}

async function comesInTime(awaited: Promise<void>, { signal, deadlineMs }: RestRequest): Promise<void> {
  const done = new AbortController();
  const given = signal === undefined ? [done.signal] : [signal, done.signal];
  const late = delay(deadlineMs ?? longestDelayMs, undefined, { signal: AbortSignal.any(given), ref: false });
  await Promise.race([awaited, late.catch(() => undefined)]);
  done.abort();
}
