/** What a registry says of the requests it still allows. */
export interface RateLimit {
  readonly limit: number;
  readonly remaining: number;
  /** After which more are allowed; the length of the window where the registry names no moment. */
  readonly resetSeconds: number | undefined;
  readonly isResetKnown: boolean;
}

/** Docker Hub: `ratelimit-limit: 100;w=21600`. Others: `x-ratelimit-…`, and `…-reset` in seconds or as seconds since 1970. */
export function readRateLimit(header: (name: string) => string | undefined, now: number): RateLimit | undefined {
  for (const prefix of ["ratelimit", "x-ratelimit"]) {
    const remaining = readNumber(header(`${prefix}-remaining`));
    if (remaining === undefined) continue;
    const limitText = header(`${prefix}-limit`);
    const reset = readNumber(header(`${prefix}-reset`));
    const window = readNumber(/;\s*w=(\d+)/.exec(limitText ?? "")?.[1]);
    const resetSeconds = reset === undefined ? window : reset > 1e9 ? reset - now / 1000 : reset;
    return {
      limit: readNumber(limitText) ?? remaining,
      remaining,
      resetSeconds: resetSeconds === undefined ? undefined : Math.max(0, resetSeconds),
      isResetKnown: reset !== undefined,
    };
  }
  return undefined;
}

/** Seconds, or a date. */
export function parseRetryAfter(text: string | undefined, now: number): number | undefined {
  if (text === undefined) return undefined;
  const seconds = readNumber(text);
  if (seconds !== undefined) return seconds * 1000;
  const date = /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function readNumber(text: string | undefined): number | undefined {
  const match = /^\s*(\d{1,15}(?:\.\d{1,9})?)\s*(?:[;,]|$)/.exec(text ?? "");
  return match === null ? undefined : Number(match[1]);
}
