import type { Bar } from "../messages/draft.ts";
import { label } from "../text/label.ts";
import { bold, join, lines, type Markdown, small } from "../text/markdown.ts";
import type { Answer, Asked } from "./answer.ts";

/** Those whose name does not say it, as people know them. */
const titles = new Map([
  ["containers", "List containers"],
  ["hosts", "List hosts"],
  ["image", "Get container image"],
  ["version", "Get container image version"],
  ["deadletters", "Dead letters"],
  ["replaydeadletters", "Replay dead letters"],
  ["cleardeadletters", "Clear dead letters"],
  ["createwebhook", "Create webhook"],
  ["listwebhooks", "List webhooks"],
  ["revokewebhook", "Revoke webhook"],
]);

/** The bold heading, and the small line of what it is about: `nas » web · lines 50`. */
export function answerHead({ operation, given }: Asked): Markdown {
  const { name, positional } = operation;
  const title = titles.get(name) ?? `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const places = positional.flatMap((argument) => placeOf(given[argument]));
  const options = Object.entries(given).flatMap(([argument, value]) =>
    positional.includes(argument) && placeOf(value).length > 0 ? [] : describeOption(argument, value),
  );
  return lines(bold(title), small(join([join(places, " » "), ...options], " · ")));
}

const longestValue = 100;

function placeOf(value: unknown): readonly string[] {
  return typeof value === "string" ? [label(value, longestValue)] : [];
}

function describeOption(argument: string, value: unknown): readonly string[] {
  if (value === true) return [argument];
  if (typeof value !== "string" && typeof value !== "number") return [];
  return [label(`${argument} ${value}`, longestValue)];
}

/** Purple for what was looked at, green for what was done, orange for what is to be decided, red for what failed. */
export function answerBar({ operation, ok, code, view }: Answer): Bar {
  if (!ok) return code === "cancelled" ? "over" : "failed";
  if (operation.access === "read") return "read";
  const asksBack = view.some((part) => part.type === "choice" && part.operation === operation.name);
  if (asksBack) return "asked";
  const tones = view.flatMap((part) => (part.type === "text" && part.tone !== undefined ? [part.tone] : []));
  if (tones.includes("good")) return "done";
  if (tones.includes("bad")) return "failed";
  return tones.includes("warning") ? "asked" : "done";
}
