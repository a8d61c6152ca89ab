import type { Budget } from "./budget.ts";
import { readRateLimit } from "./rate-limit.ts";
import type { RequestEvent } from "./request-event.ts";
import type { Answer, Ask, Sent, Transport } from "./transport.ts";

export interface WireOptions {
  readonly domain: string;
  /** The registry's own: requests to others are neither counted nor a lesson about its budget. */
  readonly origins: readonly string[];
  readonly transport: Transport;
  readonly budget: Budget;
  readonly onRequest: (event: RequestEvent) => void;
  readonly count: (method: Ask["method"]) => void;
}

export type SendOnce = (ask: Ask, signal: AbortSignal) => Promise<Sent & { readonly milliseconds: number }>;

/** The transport, with every exchange counted, learned from and told. */
export function createWire(options: WireOptions): SendOnce {
  return async (ask, signal) => {
    const sent = await options.transport.send(ask, signal);
    const answer: Answer | undefined = sent.kind === "answer" ? sent.answer : undefined;
    const isOwn = options.origins.includes(ask.url.origin);
    if (isOwn) {
      if (answer !== undefined || (sent.kind === "failed" && sent.reason !== "network")) options.count(ask.method);
      if (answer !== undefined) options.budget.learn(answer);
    }
    options.onRequest({
      domain: options.domain,
      host: ask.url.host,
      isOwn,
      method: ask.method,
      status: answer?.status,
      milliseconds: sent.milliseconds,
      waiting: options.transport.countWaiting(ask.url.origin),
      pausedSeconds: Math.ceil(options.budget.pauseMs() / 1000),
      serverTimeMs: readServerTime(answer),
      rate: answer === undefined ? undefined : readRateLimit(answer.header, Date.now()),
    });
    return sent;
  };
}

function readServerTime(answer: Answer | undefined): number | undefined {
  const time = Date.parse(answer?.header("date") ?? "");
  return Number.isNaN(time) ? undefined : time;
}
