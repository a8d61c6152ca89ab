import type { NoticeKind } from "../../config/notice-kinds.ts";
import type { BoardMessage, ListedKind, Notice, NoticeItem } from "./board.ts";
import type { BoardDraft } from "./draft-board.ts";
import { sortNotice } from "./sort-notice.ts";
import type { ToldEvent } from "./told-event.ts";

/** The channels that get the notices of a kind. */
export type ChannelsOf = (kind: NoticeKind) => readonly string[];

/** Items that are kept of one notice; of further ones only the number, however long Discord is away. */
const itemsPerNotice = 50;

/** Notices of one kind and repository that come before one is posted are one message. */
export function planNotice(draft: BoardDraft, told: ToldEvent, channelsOf: ChannelsOf): void {
  const kind = sortNotice(told.event);
  if (kind === undefined) return;
  const { source, atMs } = told.event;
  for (const channelId of channelsOf(kind)) {
    const waiting = [...draft.messages.values()].findLast(
      ({ messageId, channelId: other, content }) =>
        messageId === undefined &&
        other === channelId &&
        content.type === "notice" &&
        content.kind === kind &&
        content.source === source,
    );
    const content = addItem(waiting, kind, told);
    if (waiting === undefined) draft.add({ channelId, content }, atMs);
    else draft.change(waiting, content);
  }
}

function addItem(waiting: BoardMessage | undefined, kind: ListedKind, told: ToldEvent): Notice {
  const { source } = told.event;
  const known = waiting?.content.type === "notice" ? waiting.content : { items: [], more: 0 };
  const isFull = known.items.length >= itemsPerNotice;
  return {
    type: "notice",
    kind,
    ...(source === undefined ? {} : { source }),
    items: isFull ? known.items : [...known.items, itemOf(told)],
    more: known.more + (isFull ? 1 : 0),
  };
}

function itemOf({ event, about }: ToldEvent): NoticeItem {
  const { kind, atMs, text, subject, members, size, cause, commit, link, facts } = event;
  const reason = facts?.["reason"];
  const hint = facts?.["hint"];
  const byNobody = ["policy", "scan", "schedule", "queue", "store", "configuration"];
  return {
    event: kind,
    atMs,
    text,
    ...(subject === undefined ? {} : { subject }),
    ...(members === undefined ? {} : { members }),
    ...(size === undefined ? {} : { size }),
    ...(byNobody.includes(cause) ? {} : { by: cause }),
    ...(typeof reason === "string" ? { reason } : {}),
    ...(typeof hint === "string" ? { hint } : {}),
    ...(commit === undefined ? {} : { commit }),
    ...(link === undefined ? {} : { link }),
    ...(about === undefined ? {} : { about }),
  };
}
