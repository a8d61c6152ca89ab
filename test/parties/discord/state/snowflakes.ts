const discordEpochMs = 1_420_070_400_000n;

/** Discord's ids: a time and a number; a later one is greater, also as text of the same length. */
export function snowflakes(): () => string {
  let last = 0n;
  return () => {
    const now = (BigInt(Date.now()) - discordEpochMs) << 22n;
    last = now > last ? now : last + 1n;
    return String(last);
  };
}

export function timeOfSnowflake(id: string): string {
  return new Date(Number((BigInt(id) >> 22n) + discordEpochMs)).toISOString().replace("Z", "000+00:00");
}
