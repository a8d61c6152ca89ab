import { shortImage } from "../images/short-image.ts";
import { oneLine } from "./push/one-line.ts";
import type { Update } from "./update.ts";

/** `sonarr 4.0.1 -> 4.0.2` of the first member, for a line of text; the members in full are in the event. */
export function describeUpdate({ target, members }: Update): string {
  const [first] = members;
  if (first === undefined) return target;
  const changes = oneLine(`${shortImage(first.from)} -> ${shortImage(first.to)}`);
  if (members.length === 1) return `${first.name}: ${changes}`;
  const others = members.length - 1;
  return `${target.replace(/^group:/, "")}: ${changes} and ${others} ${others === 1 ? "other" : "others"}`;
}
