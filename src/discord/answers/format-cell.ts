import type { Tone, ViewCell } from "../../operations/view.ts";
import { formatDuration } from "../../policy/duration.ts";
import { type Markdown, md, small, type Text, toMarkdown } from "../text/markdown.ts";
import { time } from "../text/time.ts";

/** The colour at the side says what is good. */
const signs: Readonly<Partial<Record<Tone, string>>> = { warning: "🟠 ", bad: "🔴 " };
const dayMs = 24 * 3_600_000;

export function isTime(cell: ViewCell): cell is Extract<ViewCell, { atMs: number }> {
  return typeof cell === "object" && "atMs" in cell;
}

/** In running text, where Discord words times for each reader. */
export function cellText(cell: ViewCell): Text {
  if (typeof cell === "string") return cell;
  if (isTime(cell)) return time(cell.atMs, cell.exact === true ? "exact" : "relative");
  return `${toneSign(cell.tone)}${cell.text}`;
}

export function toneSign(tone: Tone): string {
  return signs[tone] ?? "";
}

/** In code, where nothing is interpreted: times are worded as of `nowMs`. */
export function cellInCode(cell: ViewCell, nowMs: number): string {
  if (!isTime(cell)) return (typeof cell === "string" ? cell : cell.text).replace(/\s+/g, " ").trim();
  if (Number.isNaN(new Date(cell.atMs).getTime())) return "unknown";
  return cell.exact === true ? formatClock(cell.atMs) : formatDistance(cell.atMs, nowMs);
}

/** A line with a tone. */
export function toned(text: Text, tone: Tone | undefined): Markdown {
  if (tone === "quiet") return small(text);
  const sign = tone === undefined ? undefined : signs[tone];
  return sign === undefined ? toMarkdown(text) : md`${{ markdown: sign }}${text}`;
}

function formatDistance(atMs: number, nowMs: number): string {
  const distanceMs = Math.abs(atMs - nowMs);
  if (distanceMs >= 7 * dayMs) return new Date(atMs).toISOString().slice(0, 10);
  if (distanceMs < 1000) return "now";
  const duration = formatDuration(coarse(distanceMs / 1000));
  return atMs < nowMs ? `${duration} ago` : `in ${duration}`;
}

function formatClock(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

function coarse(seconds: number): number {
  const unit = [86_400, 3600, 60].find((one) => seconds >= one) ?? 1;
  return Math.floor(seconds / unit) * unit;
}
