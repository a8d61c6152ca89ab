import type { RestAnswer } from "./rest-answer.ts";
import { tooMany } from "./rest-faults.ts";

/** How many calls of a route are allowed per channel and time: `"POST /channels/:channel/messages": [5, 5000]`. */
export type RateLimits = Readonly<Record<string, readonly [count: number, perMs: number]>>;

/** About those of Discord itself. */
export const usualLimits: RateLimits = {
  "POST /channels/:channel/messages": [5, 5000],
  "PATCH /channels/:channel/messages/:message": [5, 5000],
  "POST /webhooks/:application/:token": [5, 2000],
  "PATCH /webhooks/:application/:token/messages/:message": [5, 2000],
};

export interface RateLimiter {
  /** The headers of an answer, or the answer when it is too many. */
  count(
    route: string,
    major: string,
    nowMs: number,
  ): { readonly headers: Record<string, string>; readonly refusal?: RestAnswer };
}

export function openRateLimiter(limits: RateLimits): RateLimiter {
  const windows = new Map<string, { used: number; endMs: number }>();
  return {
    count(route, major, nowMs) {
      const [limit, perMs] = limits[route] ?? [];
      if (limit === undefined || perMs === undefined) return { headers: {} };
      const key = `${route} ${major}`;
      const known = windows.get(key);
      const window = known === undefined || known.endMs <= nowMs ? { used: 0, endMs: nowMs + perMs } : known;
      windows.set(key, window);
      window.used += 1;
      const leftSeconds = (window.endMs - nowMs) / 1000;
      const bucket = Buffer.from(route).toString("hex").slice(0, 32);
      if (window.used > limit) return { headers: {}, refusal: tooMany(leftSeconds, false, bucket) };
      return {
        headers: {
          "x-ratelimit-limit": String(limit),
          "x-ratelimit-remaining": String(limit - window.used),
          "x-ratelimit-reset": String(window.endMs / 1000),
          "x-ratelimit-reset-after": String(leftSeconds),
          "x-ratelimit-bucket": bucket,
        },
      };
    },
  };
}
