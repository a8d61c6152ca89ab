const units = [
  { name: "min", seconds: 60 },
  { name: "h", seconds: 3600 },
  { name: "d", seconds: 86_400 },
] as const;

/** `5 min ago`, `in 2 h`, `now`; more than a month away, the date. */
export function wordTime(atMs: number, nowMs: number): string {
  const seconds = Math.round((atMs - nowMs) / 1000);
  const distance = Math.abs(seconds);
  if (distance < 30) return seconds > 5 ? "in a moment" : "just now";
  if (distance >= 30 * 86_400) return new Date(atMs).toLocaleDateString(undefined, { dateStyle: "medium" });
  const unit = units.findLast((each) => distance >= each.seconds - each.seconds / 60) ?? units[0];
  const amount = `${Math.max(1, Math.round(distance / unit.seconds))} ${unit.name}`;
  return seconds < 0 ? `${amount} ago` : `in ${amount}`;
}

/** Of what comes next: late or nearly there, it is `now`. */
export function wordNextTime(atMs: number, nowMs: number): string {
  return atMs - nowMs > 5000 ? wordTime(atMs, nowMs) : "now";
}

export function wordExactTime(atMs: number): string {
  return new Date(atMs).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "medium" });
}
