import { formatDuration } from "../policy/duration.ts";

const dayMs = 24 * 3_600_000;

/** `5 min ago`, `in 2 h`; from two days on the date and the time of this machine. */
export function formatTime(atMs: number, nowMs: number): string {
  const distanceMs = Math.abs(atMs - nowMs);
  if (distanceMs >= 2 * dayMs) return formatClock(atMs, nowMs);
  if (distanceMs < 1000) return "now";
  const duration = formatDuration(coarse(distanceMs / 1000));
  return atMs < nowMs ? `${duration} ago` : `in ${duration}`;
}

/** By the clock of this machine: `14:20:05`, on another day `2026-11-20 14:20`. */
export function formatClock(atMs: number, nowMs: number): string {
  const [date, time] = clockParts(atMs);
  return date === clockParts(nowMs)[0] ? time : `${date} ${time.slice(0, "14:20".length)}`;
}

function clockParts(atMs: number): readonly [date: string, time: string] {
  const at = new Date(atMs);
  const two = (number: number) => String(number).padStart(2, "0");
  return [
    `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`,
    `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`,
  ];
}

/** Seconds say nothing of a time that is minutes away. */
function coarse(seconds: number): number {
  return seconds < 60 ? seconds : seconds < 24 * 3600 ? seconds - (seconds % 60) : seconds - (seconds % 3600);
}
