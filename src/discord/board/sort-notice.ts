import type { EventKind, TalosEvent } from "../../events/event.ts";
import type { ListedKind } from "./board.ts";

const kinds: Readonly<Partial<Record<EventKind, ListedKind>>> = {
  announced: "UpdateAvailable",
  delivered: "Pushed",
  "merge-request-opened": "Pushed",
  "merge-request-closed": "Pushed",
  retrying: "Failed",
  "dead-lettered": "DeadLettered",
  reverted: "Held",
  held: "Held",
  waiting: "Held",
  "group-incomplete": "GroupIncomplete",
  "scan-failed": "ScanError",
  "scan-recovered": "ScanError",
  "store-gone": "ScanError",
  "store-back": "ScanError",
};

/** Which notice tells of an event; undefined: nobody needs to be told. Of what is tried again only the first failure. */
export function sortNotice({ kind, facts }: TalosEvent): ListedKind | undefined {
  const attempts = facts?.["attempts"];
  if (kind === "retrying" && typeof attempts === "number" && attempts > 1) return undefined;
  return kinds[kind];
}
