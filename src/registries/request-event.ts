import type { RateLimit } from "./rate-limit.ts";

/** One request, for progress and logs. */
export interface RequestEvent {
  readonly domain: string;
  /** Who was really asked: the registry's own address, its token service, its storage. */
  readonly host: string;
  /** The registry itself was asked, so that it may count it. */
  readonly isOwn: boolean;
  readonly method: string;
  /** Absent when there was no answer. */
  readonly status: number | undefined;
  readonly milliseconds: number;
  /** Requests to the same host that wait for their turn. */
  readonly waiting: number;
  /** How long the registry asked to be left alone; 0 is usual. */
  readonly pausedSeconds: number;
  /** The host's own clock, in milliseconds since 1970, where it told. */
  readonly serverTimeMs: number | undefined;
  /** What a registry said of the requests it still allows. */
  readonly rate: RateLimit | undefined;
}
