import { formatFullReference } from "../../images/image-reference.ts";
import { parseImageReference } from "../../images/parse-image-reference.ts";
import { shortImage } from "../../images/short-image.ts";
import type { AboutImage, BoardMember } from "../board/board.ts";
import { codeBlock } from "../text/code-block.ts";
import { link } from "../text/link.ts";
import { italic, type Markdown, md, small } from "../text/markdown.ts";
import { plain } from "../text/plain.ts";
import { time } from "../text/time.ts";

interface Change {
  readonly members: readonly BoardMember[];
  readonly size?: string | undefined;
  readonly about?: AboutImage | undefined;
}

const membersShown = 6;
/** So that three questions of groups fit into one message. */
const longestBlock = 350;

/** What there is now and what there would be, in full. */
export function writeVersions({ members, size, about }: Change): readonly Markdown[] {
  const kind = size === undefined ? "" : ` (${size})`;
  const created = about?.createdMs;
  const notes = about?.notes;
  return [
    ...members.slice(0, 1).map(({ to }) => small(plain(`${shortImage(to)}${more(members)}${kind}`, 120))),
    md`Current version`,
    block(members, ({ from }) => from),
    md`New version`,
    ...(created === undefined ? [] : [small(italic(md`Created ${time(created, "exact")}`))]),
    block(members, ({ to }) => to),
    ...(notes === undefined ? [] : [link(notes.text, notes.url)]),
  ];
}

function more({ length }: readonly unknown[]): string {
  return length > 1 ? ` and ${length - 1} more` : "";
}

function block(members: readonly BoardMember[], imageOf: (member: BoardMember) => string): Markdown {
  const isGroup = members.length > 1;
  const images = members
    .slice(0, membersShown)
    .map((member) => (isGroup ? `${member.name}: ${shortImage(imageOf(member))}` : fullImage(imageOf(member))));
  const rest = members.length - images.length;
  return codeBlock([...images, ...(rest > 0 ? [`and ${rest} more`] : [])].join("\n"), longestBlock);
}

function fullImage(image: string): string {
  const parsed = parseImageReference(image);
  return parsed.kind === "valid" ? formatFullReference(parsed.reference) : image;
}
