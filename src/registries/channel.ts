import type { Ask } from "./transport.ts";

/** What carries requests, once it is known how an origin is spoken to. */
export interface Channel {
  request(ask: Ask, signal: AbortSignal): Promise<Response>;
  /** False: it came to its end, and another one is needed. */
  isOpen(): boolean;
  /** Ends all at once, with what is still waited for. */
  close(): void;
}

export interface Response {
  readonly status: number;
  /** By lower-case name; several lines of one name are joined by commas. */
  readonly header: (name: string) => string | undefined;
  /** undefined: larger than is accepted. */
  readonly body: Buffer | undefined;
}

/** A connection that nobody uses is not kept longer than this. */
export const idleMs = 60_000;
