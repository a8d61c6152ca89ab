import { cut } from "./cut.ts";
import { visible } from "./visible.ts";

/** A line of text where Discord interprets nothing: on buttons, in selects, offered while typing, the name of a file. */
export function label(text: string, limit: number): string {
  return cut(visible(text).replace(/\s+/g, " ").trim(), limit);
}
