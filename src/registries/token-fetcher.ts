import type { Clock } from "./clock.ts";
import type { Credentials } from "./credentials.ts";
import { badAnswer } from "./failures.ts";
import { formatTokenRequest, parseTokenAnswer } from "./fetch-token.ts";
import { createLookupTime } from "./lookup-time.ts";
import { sendPersistently } from "./send-persistently.ts";
import type { FetchToken } from "./tokens.ts";
import type { SendOnce } from "./wire.ts";

export interface TokenFetcherOptions {
  readonly domain: string;
  readonly send: SendOnce;
  readonly readCredentials: () => Promise<Credentials>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly requestTimeoutMs: number;
  readonly lookupTimeoutMs: number;
}

/** Asks a registry's token service. Its failures carry its own name: the registry itself may be well. */
export function createTokenFetcher(options: TokenFetcherOptions): FetchToken {
  return async (service, scopes) => {
    const to = {
      domain: options.domain,
      name: `the token service ${service.realm.host} of ${options.domain}`,
      origin: service.realm.origin,
      timeoutSeconds: options.requestTimeoutMs / 1000,
    };
    const ask = formatTokenRequest(service, scopes, await options.readCredentials());
    const time = createLookupTime(options.lookupTimeoutMs, options.signal);
    const send = async () => {
      const sent = await options.send(ask, options.signal);
      time.spend(sent.milliseconds);
      return sent;
    };
    const answered = await sendPersistently(send, to, time, options.clock);
    if (answered.kind !== "answer") return answered;
    const { answer } = answered;
    if ([400, 401, 403, 404].includes(answer.status)) return { kind: "refused" };
    if (answer.status !== 200) return badAnswer(to.name, `answered ${answer.status}`);
    const parsed = parseTokenAnswer(answer);
    return parsed.kind === "bad" ? badAnswer(to.name, parsed.what) : { ...parsed, scopes };
  };
}
