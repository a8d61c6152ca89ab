import type { TalosEvent } from "../../events/event.ts";
import type { KeptDocument } from "../../store/documents.ts";
import type { Change } from "../../store/store.ts";
import type { Question } from "../decisions/question.ts";
import type { Delivered, DeliveryMemory, KeptLetter } from "../delivery-memory.ts";
import type { Basis, KeptRequest } from "../merge-requests/merge-request.ts";
import type { QueueEntry } from "../queue/queue-entry.ts";
import type { Update } from "../update.ts";

/** What is remembered of one target. */
export interface TargetMemory {
  readonly entry: KeptDocument<QueueEntry> | undefined;
  readonly question: KeptDocument<Question> | undefined;
  readonly deadLetter: KeptDocument<KeptLetter> | undefined;
  readonly announced: KeptDocument<{ readonly update: Update }> | undefined;
  readonly delivered: KeptDocument<Delivered> | undefined;
  /** undefined also where no merge requests are wanted. */
  readonly request: KeptDocument<KeptRequest> | undefined;
}

export interface RouteContext {
  readonly source: string;
  /** Only to name the documents that change. */
  readonly memory: DeliveryMemory;
  /** Before the branch was asked for. */
  readonly readMs: number;
  /** Whether the files of that state are those that a commit was made from. */
  readonly isBasis: (basis: Basis) => boolean;
  readonly nowMs: number;
  readonly newId: () => string;
  /** Of the scan, where traces are made. */
  readonly trace?: string | undefined;
}

export interface Routed {
  readonly changes: readonly Change[];
  readonly events: readonly TalosEvent[];
}

export const nothing: Routed = { changes: [], events: [] };

export function combine(all: readonly Routed[]): Routed {
  return { changes: all.flatMap(({ changes }) => changes), events: all.flatMap(({ events }) => events) };
}
