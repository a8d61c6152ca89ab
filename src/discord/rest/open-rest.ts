/**
 * Requests to Discord's REST API. Its client queues per route, heeds rate limits and repeats what failed on the way; what is
 * left is a TalosError that names nothing of the path, which may hold a token. For messages of channels see discord-api.ts.
 */
import { setTimeout as delay } from "node:timers/promises";
import type { RateLimitData, REST } from "@discordjs/rest";
import { TalosError } from "../../talos-error.ts";
import { inSpan } from "../../telemetry/trace.ts";
import type { DiscordRest, RestRequest } from "./discord-rest.ts";
import { explainRestFailure, isTokenRefused } from "./explain-rest-failure.ts";

/** Longer waits than that, which Discord asks for, are the caller's matter. */
const longestLimitMs = 15_000;
const usualDeadlineMs = 60_000;

export const restOptions = {
  version: "10",
  retries: 3,
  timeout: 15_000,
  userAgentAppendix: "Talos",
  rejectOnRateLimit: ({ retryAfter, timeToReset }: RateLimitData) => Math.max(retryAfter, timeToReset) > longestLimitMs,
};

/** `onUnauthorized`: the token was refused once, and the client has thrown it away: nothing of it works any more. */
export function openRest(rest: REST, onUnauthorized: (error: TalosError) => void): DiscordRest {
  return async (request) => {
    request.signal?.throwIfAborted();
    const method = request.method.toUpperCase();
    try {
      return await inSpan("discord", method, { "http.request.method": method, "talos.what": request.what }, () =>
        inTime(request, (signal) => rest[request.method](request.path, { ...toRequestData(request), signal })),
      );
    } catch (error) {
      request.signal?.throwIfAborted();
      const explained = error instanceof TalosError ? error : explainRestFailure(error, request.what);
      if (request.isOpen !== true && isTokenRefused(explained)) onUnauthorized(explained);
      throw explained;
    }
  };
}

/** Its queue and its waits heed no signal. */
async function inTime<Result>(
  { what, signal: caller, deadlineMs = usualDeadlineMs }: RestRequest,
  send: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const done = new AbortController();
  const given = caller === undefined ? [] : [caller];
  const late = delay(deadlineMs, undefined, { signal: AbortSignal.any([...given, done.signal]), ref: false }).then(
    () => {
      throw new TalosError("discord-failed", `Discord did not ${what}: no answer within ${deadlineMs / 1000} s.`, {
        retryable: true,
      });
    },
  );
  const sent = send(AbortSignal.any([...given, done.signal]));
  try {
    return await Promise.race([sent, late]);
  } finally {
    done.abort();
    sent.catch(() => undefined);
    late.catch(() => undefined);
  }
}

function toRequestData({ query, body, files = [], isOpen }: RestRequest) {
  return {
    auth: isOpen !== true,
    body,
    ...(query === undefined ? {} : { query: new URLSearchParams(query) }),
    ...(files.length === 0
      ? {}
      : {
          files: files.map(({ name, text }) => ({
            name,
            data: Buffer.from(text),
            contentType: "text/plain; charset=utf-8",
          })),
        }),
  };
}
