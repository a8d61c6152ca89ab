import type { Markdown } from "./markdown.ts";

/** The time in each reader's own zone and words; `relative`: `5 minutes ago`. Not in code, where it would not be seen. */
export function time(atMs: number, style: "relative" | "exact" = "relative"): Markdown {
  if (Number.isNaN(new Date(atMs).getTime())) return { markdown: "unknown" };
  return { markdown: `<t:${Math.floor(atMs / 1000)}:${style === "relative" ? "R" : "f"}>` };
}
