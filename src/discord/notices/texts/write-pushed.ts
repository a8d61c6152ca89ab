import { shortImage } from "../../../images/short-image.ts";
import type { BoardMember, NoticeItem } from "../../board/board.ts";
import { actorName } from "../../text/actor-name.ts";
import { codeBlock } from "../../text/code-block.ts";
import { link } from "../../text/link.ts";
import { lines, type Markdown, md } from "../../text/markdown.ts";
import { plain } from "../../text/plain.ts";
import type { NoticeText } from "./write-notice.ts";

const linesShown = 40;

/** Every commit with its files and services, as in its message; merge requests that came and went. */
export function writePushed(items: readonly NoticeItem[]): NoticeText {
  const delivered = items.filter(({ event }) => event === "delivered");
  const others = items.filter(({ event }) => event !== "delivered");
  const commits = Map.groupBy(delivered, ({ commit, link: url, atMs }) => commit ?? url ?? String(atMs));
  return {
    bar: "done",
    heading: delivered.length > 0 ? "Updates pushed" : "Merge request",
    entries: [
      ...[...commits.values()].map(writeCommit),
      ...others.map(({ text, link: url }) => (url === undefined ? plain(text, 400) : link(text.slice(0, 400), url))),
    ],
  };
}

function writeCommit(items: readonly NoticeItem[]): Markdown {
  const [first] = items;
  const people = [...new Set(items.flatMap(({ by }) => by ?? []))];
  return lines(
    first === undefined ? undefined : writePlace(first),
    codeBlock(listChanges(items.flatMap(({ members = [] }) => members)), 3000),
    namePeople(
      "Approved by",
      people.filter((by) => !by.startsWith(replayed)),
    ),
    namePeople(
      "Replayed by",
      people.flatMap((by) => (by.startsWith(replayed) ? by.slice(replayed.length) : [])),
    ),
  );
}

/** How events word the cause of what was a dead letter. */
const replayed = "replay by ";

function namePeople(what: string, people: readonly string[]): Markdown | undefined {
  return people.length === 0 ? undefined : md`${what} ${plain(people.map(actorName).join(", "), 200)}`;
}

function writePlace({ commit, link: url }: NoticeItem): Markdown | undefined {
  const text = commit === undefined ? "Merged" : `Commit ${commit.slice(0, 8)}`;
  if (url === undefined) return commit === undefined ? undefined : plain(text);
  return link(text, url);
}

/** As in the message of a commit. */
function listChanges(members: readonly BoardMember[]): string {
  const files = [...new Set(members.map(({ file }) => file))].sort();
  const written = files.flatMap((file) => [
    file,
    ...members
      .filter((member) => member.file === file)
      .map(({ name, from, to }) => `  ${name}: ${shortImage(from)} -> ${shortImage(to)}`),
  ]);
  const rest = written.length - linesShown;
  return rest <= 1 ? written.join("\n") : [...written.slice(0, linesShown), `and ${rest} more lines`].join("\n");
}
