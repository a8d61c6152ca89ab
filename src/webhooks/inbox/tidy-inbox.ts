import type { Change, Store } from "../../store/store.ts";
import type { Inbox } from "./inbox.ts";

interface TidyPorts {
  readonly store: Store;
  readonly inbox: Inbox;
  readonly now: () => number;
  readonly log: { warn(facts: object, text: string): void };
}

/** More than a busy forge sends in a week. */
const mostSeen = 20_000;
const changesAtOnce = 500;

/** Forgets which deliveries were here once they are not sent again any more, and drops what cannot be read. */
export async function tidyInbox({ store, inbox, now, log }: TidyPorts): Promise<void> {
  const seen = await inbox.seen.list("");
  const over = seen.filter(({ value }) => value.untilMs <= now());
  const rest = seen.filter(({ value }) => value.untilMs > now()).sort((a, b) => a.value.untilMs - b.value.untilMs);
  const tooMany = rest.slice(0, Math.max(0, rest.length - mostSeen));
  const unknown = await inbox.seen.listUnreadable("");
  const unreadable = await inbox.waiting.listUnreadable("");
  for (const { key, value } of unreadable)
    log.warn({ key, size: value.length }, "a webhook of another version of Talos cannot be read and was dropped");
  const changes = [
    ...[...over, ...tooMany, ...unknown].map(({ key, version }) => inbox.seen.delete(key, version)),
    ...unreadable.map(({ key, version }) => inbox.waiting.delete(key, version)),
  ];
  await writeInParts(changes, store);
}

/** A part that is refused, because one of it has changed, is for the next time. */
async function writeInParts(changes: readonly Change[], store: Store): Promise<void> {
  for (let start = 0; start < changes.length; start += changesAtOnce)
    await store.write(changes.slice(start, start + changesAtOnce));
}
