import { type RestAnswer } from "./rest-answer.ts";

/** What goes wrong with REST calls. */
export interface RestFault {
  /** `POST /channels/:channel/messages`, or a part of it; not set: any. */
  readonly route?: string;
  /** How often; default 1. */
  readonly times?: number;
  readonly kind:
    | {
        readonly answer: number;
        readonly code?: number /** The call has done its work nevertheless. */;
        readonly isDone?: true;
      }
    | { readonly retryAfterSeconds: number; readonly isGlobal?: true }
    /** The connection ends without an answer. */
    | { readonly disconnect: "before" | "after" }
    /** Waits with the answer; the call is done at once or only then. */
    | { readonly slow: Promise<unknown>; readonly isDone?: true };
}

export interface RestFaults {
  add(fault: RestFault): void;
  clear(): void;
  /** How many calls will still meet one. */
  readonly left: number;
  take(route: string): RestFault["kind"] | undefined;
}

export function openRestFaults(): RestFaults {
  let faults: { readonly fault: RestFault; left: number }[] = [];
  return {
    add: (fault) => void faults.push({ fault, left: fault.times ?? 1 }),
    clear: () => {
      faults = [];
    },
    get left() {
      return faults.reduce((sum, { left }) => sum + left, 0);
    },
    take(route) {
      const found = faults.find(({ fault, left }) => left > 0 && route.includes(fault.route ?? ""));
      if (found === undefined) return undefined;
      found.left -= 1;
      return found.fault.kind;
    },
  };
}

export function tooMany(retryAfterSeconds: number, isGlobal: boolean, bucket: string): RestAnswer {
  return {
    status: 429,
    headers: {
      "retry-after": String(Math.ceil(retryAfterSeconds)),
      "x-ratelimit-scope": isGlobal ? "global" : "user",
      ...(isGlobal ? { "x-ratelimit-global": "true" } : { "x-ratelimit-bucket": bucket }),
      "x-ratelimit-reset-after": String(retryAfterSeconds),
    },
    body: { message: "You are being rate limited.", retry_after: retryAfterSeconds, global: isGlobal },
  };
}
