import { shortImage } from "../../images/short-image.ts";
import type { Size } from "../../images/size.ts";
import type { MergeRequestText } from "../../sources/forge.ts";
import { oneLine } from "../push/one-line.ts";
import type { Update, UpdateMember } from "../update.ts";

/** Of all forges the least: GitLab and Gitea take 255 characters. */
const longestTitle = 250;

/** What a merge request says: one target each. Names come from a repository and can bring no Markdown of their own. */
export function writeMergeRequestText(update: Update): MergeRequestText {
  return { title: writeTitle(update), body: writeBody(update) };
}

function writeTitle({ target, members }: Update): string {
  const [first, ...others] = members;
  if (first === undefined) return "[Talos] Updating images";
  const name = /^group:(.+)$/s.exec(target)?.[1] ?? first.name;
  const rest = others.length === 0 ? "" : ` and ${others.length} more`;
  const change = `${plain(shortImage(first.from))} -> ${plain(shortImage(first.to))}${rest}`;
  const room = longestTitle - `[Talos] : ${change}`.length;
  return cut(`[Talos] ${cut(plain(name), Math.max(20, room))}: ${change}`, longestTitle);
}

function writeBody({ members, size }: Update): string {
  return [
    "| File | Name | From | To |",
    "| --- | --- | --- | --- |",
    ...members.map(writeRow),
    "",
    describeSize(size, members.length),
    "",
    "This request follows its target: when a newer version comes, Talos replaces the branch and this text, unless somebody else has pushed to the branch. It is closed when the update is no longer wanted, or was done some other way. Close it to refuse this version.",
    "",
    "Made by Talos.",
    "",
  ].join("\n");
}

function writeRow({ file, name, from, to }: UpdateMember): string {
  return `| ${[file, name, from, to].map(codeSpan).join(" | ")} |`;
}

function describeSize(size: Size, count: number): string {
  const extent = count === 1 ? "" : ` of ${count} images, all or none`;
  return size === "digest"
    ? `Size: **digest**, another build of the same version${extent}.`
    : `Size: **${size}** update${extent}.`;
}

/** Nothing inside a code span is a mention, a link or HTML. What could end the span or the cell is replaced by its like. */
function codeSpan(text: string): string {
  const inside = oneLine(text).replaceAll("`", "'").replaceAll("|", "¦");
  return inside === "" ? "–" : `\`${inside}\``;
}

/** For a title, where forges see mentions, numbers of issues and emphasis too. The `@` of a digest stays. */
function plain(text: string): string {
  return oneLine(text).replaceAll(/[^\p{L}\p{N}._:/@ -]|(?<![\p{L}\p{N}_])@/gu, "-");
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}
