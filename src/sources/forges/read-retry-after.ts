const longestSeconds = 24 * 60 * 60;

/** `Retry-After` (seconds or a date), or the reset of a limit that is used up: GitHub and GitLab give it in seconds since 1970. */
export function readRetryAfter(header: (name: string) => string | undefined, nowMs: number): number | undefined {
  const after = header("retry-after");
  if (after !== undefined) {
    const seconds = /^\d{1,9}$/.test(after.trim()) ? Number(after) : (Date.parse(after) - nowMs) / 1000;
    return limit(seconds);
  }
  for (const prefix of ["x-ratelimit", "ratelimit"]) {
    if (header(`${prefix}-remaining`) !== "0") continue;
    return limit(Number(header(`${prefix}-reset`)) - nowMs / 1000);
  }
  return undefined;
}

function limit(seconds: number): number | undefined {
  return Number.isFinite(seconds) ? Math.min(longestSeconds, Math.max(0, Math.ceil(seconds))) : undefined;
}
