import type { Update } from "../update.ts";
import { compareUpdates } from "./compare-updates.ts";
import { formatUpdate } from "./format-update.ts";
import type { Cause, QueueEntry } from "./queue-entry.ts";

export interface WantedUpdate {
  readonly update: Update;
  readonly cause: Cause;
  /** As in an entry of the queue. */
  readonly trace?: string | undefined;
}

export interface EnqueueOutcome {
  /** `refreshed`: the same version, with what is known of it now. `refused`: what is queued stays. */
  readonly kind: "added" | "replaced" | "refreshed" | "unchanged" | "refused";
  /** What the queue holds for this target from now on. */
  readonly entry: QueueEntry;
  /** One sentence: what happened. */
  readonly text: string;
}

/**
 * What becomes of the queue's entry for a target when an update of that target is wanted. A newer version takes the
 * place of an older one, never the other way round; where there is no telling, the later wish wins: it saw the file as
 * it is now. A replayed dead letter did not, and gives way.
 */
export function enqueueUpdate(existing: QueueEntry | undefined, wanted: WantedUpdate, nowMs: number): EnqueueOutcome {
  const name = formatUpdate(wanted.update);
  if (existing === undefined)
    return { kind: "added", entry: { ...wanted, queuedMs: nowMs, attempts: 0 }, text: `${name} is queued` };
  const present = formatUpdate(existing.update);
  switch (compareUpdates(existing.update, wanted.update)) {
    case "older":
      return { kind: "refused", entry: existing, text: `${name} is not queued: ${present} is, which is newer` };
    case "unrelated":
      if (wanted.cause.kind === "replay")
        return { kind: "refused", entry: existing, text: `${name} is not queued again: ${present} is queued by now` };
      return replace(existing, wanted, `${name} is queued instead of ${present}`);
    case "newer":
      return replace(existing, wanted, `${name} is queued instead of ${present}, which is older`);
    case "refreshed":
      return refresh(existing, wanted, `${name} was queued already, and is as it is wanted now`);
    case "same":
      if (strongerCause(existing.cause, wanted.cause) !== existing.cause)
        return refresh(existing, wanted, `${name} was queued already, and is wanted by ${wanted.cause.actor} now`);
      return { kind: "unchanged", entry: existing, text: `${name} is queued already` };
  }
}

/** It keeps its place, but what failed was another version. */
function replace(existing: QueueEntry, wanted: WantedUpdate, text: string): EnqueueOutcome {
  return { kind: "replaced", entry: { ...wanted, queuedMs: existing.queuedMs, attempts: 0 }, text };
}

function refresh(existing: QueueEntry, { update, cause, trace }: WantedUpdate, text: string): EnqueueOutcome {
  const isKept = strongerCause(existing.cause, cause) === existing.cause;
  const entry = { ...existing, update, ...(isKept ? {} : { cause, trace }) };
  return { kind: "refreshed", entry, text };
}

const strength = { policy: 0, replay: 1, person: 2 } as const;

/** Who wanted a version stays with it when it is wanted again, unless a person joins in. */
function strongerCause(existing: Cause, wanted: Cause): Cause {
  return strength[wanted.kind] > strength[existing.kind] ? wanted : existing;
}
