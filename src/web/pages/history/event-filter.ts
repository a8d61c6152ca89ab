import type { LoggedEvent } from "../../../http/api/api-schemas.ts";
import { isFailure } from "../../parts/text/event-look.ts";

/** What a reader looks for, and the kinds that are about it. */
export const eventTopics = {
  commits: [
    "delivered",
    "verified",
    "pipeline",
    "reverted",
    "merge-request-opened",
    "merge-request-updated",
    "merge-request-closed",
  ],
  questions: [
    "question-opened",
    "question-answered",
    "question-superseded",
    "question-closed",
    "announced",
    "held",
    "lifted",
  ],
  queue: [
    "queued",
    "superseded",
    "dropped",
    "waiting",
    "retrying",
    "dead-lettered",
    "replayed",
    "cleared",
    "group-incomplete",
  ],
  scans: ["scan-finished", "scan-failed", "scan-recovered", "store-gone", "store-back"],
  people: ["operation"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type EventTopic = keyof typeof eventTopics;

export interface EventFilter {
  readonly source?: string | undefined;
  readonly topic?: EventTopic | undefined;
  readonly isFailuresOnly?: boolean | undefined;
  /** Also what only looked. */
  readonly isEverything?: boolean | undefined;
}

export function matchesFilter(
  event: LoggedEvent,
  { source, topic, isFailuresOnly, isEverything }: EventFilter,
): boolean {
  const kinds: readonly string[] | undefined = topic === undefined ? undefined : eventTopics[topic];
  if (source !== undefined && event.source !== source) return false;
  if (kinds !== undefined && !kinds.includes(event.kind)) return false;
  if (isFailuresOnly === true && !isFailure(event)) return false;
  return isEverything === true || !isLook(event) || isFailure(event);
}

/** Lists are only looked at, however much access they want: this page asks for some itself. */
function isLook({ facts }: LoggedEvent): boolean {
  return facts?.access === "read" || /(?:^| )list/u.test(String(facts?.operation ?? ""));
}
