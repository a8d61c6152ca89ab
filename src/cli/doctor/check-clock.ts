import { type Finding, fails, notes, passes } from "./finding.ts";

const name = "clock";
const toleratedMs = 60_000;

/** A server's time in an answer, and when the answer came. */
export interface ClockReading {
  readonly host: string;
  readonly theirsMs: number;
  readonly oursMs: number;
}

/** Cooldowns, ages of images, certificates and leases shared over Redis go by the clock. The nearest reading counts. */
export function checkClock(readings: readonly ClockReading[]): readonly Finding[] {
  const [best] = readings.toSorted((a, b) => Math.abs(offsetOf(a)) - Math.abs(offsetOf(b)));
  if (best === undefined) return [notes(name, "not compared: no server told its time")];
  const seconds = Math.round(Math.abs(offsetOf(best)) / 1000);
  if (Math.abs(offsetOf(best)) <= toleratedMs) return [passes(name, `agrees with ${best.host}`)];
  const side = offsetOf(best) > 0 ? "ahead of" : "behind";
  return [
    fails(
      name,
      `is ${formatSeconds(seconds)} ${side} ${best.host}`,
      "set it by network time: timedatectl set-ntp true",
    ),
  ];
}

function offsetOf({ oursMs, theirsMs }: ClockReading): number {
  return oursMs - theirsMs;
}

function formatSeconds(seconds: number): string {
  if (seconds < 90) return "1 minute";
  return seconds < 7200 ? `${Math.round(seconds / 60)} minutes` : `${Math.round(seconds / 3600)} hours`;
}
