import { describeChange } from "../../../operations/updates/describe-update.ts";
import type { NoticeItem } from "../../board/board.ts";
import { nameTarget } from "../../prompts/name-question.ts";
import { writeVersions } from "../../prompts/write-versions.ts";
import { link } from "../../text/link.ts";
import { bold, lines, type Markdown, md, small } from "../../text/markdown.ts";
import { plain } from "../../text/plain.ts";
import type { NoticeText } from "./write-notice.ts";

/** One in full, as it would be asked about; of several a line each. */
export function writeAvailable(items: readonly NoticeItem[]): NoticeText {
  const [only, ...others] = items;
  if (only !== undefined && others.length === 0)
    return {
      bar: "asked",
      heading: "Image update available",
      entries: [lines(small(plain(nameItem(only), 120)), ...writeVersions({ ...only, members: only.members ?? [] }))],
    };
  return { bar: "asked", heading: "Image updates available", entries: items.map(writeLine) };
}

function writeLine(item: NoticeItem): Markdown {
  const notes = item.about?.notes;
  const size = item.size === undefined ? "" : ` (${item.size})`;
  const change = `${describeChange({ members: item.members ?? [] })}${size}`;
  const line = md`${bold(plain(nameItem(item), 80))} ${plain(change, 150)}`;
  return notes === undefined ? line : md`${line} · ${link(notes.text, notes.url)}`;
}

/** What it is about: `web`, a group's name. */
export function nameItem({ subject, members = [] }: Pick<NoticeItem, "subject" | "members">): string {
  return nameTarget({ target: subject ?? "", members });
}
