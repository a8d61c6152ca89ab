import * as z from "zod/mini";
import { type Documents, openDocuments } from "../store/documents.ts";
import type { Store } from "../store/store.ts";
import { type PlanDocument, planDocumentSchema } from "../updates/plan-document.ts";
import { type Quarantine, quarantineSchema } from "./decisions/quarantine.ts";
import { type Question, questionSchema } from "./decisions/question.ts";
import { type KeptRequest, keptRequestSchema } from "./merge-requests/merge-request.ts";
import { type OwnCommit, ownCommitSchema } from "./own-commit.ts";
import { deadLetterSchema, type QueueEntry, queueEntrySchema } from "./queue/queue-entry.ts";
import { type ScanFacts, scanFactsSchema } from "./scan/scan-record.ts";
import { type ScanSummary, scanSummarySchema } from "./scan/scan-summary.ts";
import { type ScanTraces, scanTracesSchema } from "./scan/scan-traces.ts";
import { type WantedAfresh, wantedAfreshSchema } from "./scan/wanted-afresh.ts";
import { updateSchema } from "./update.ts";

/** A dead letter, or the text of an entry that could not be read. */
const keptDeadLetterSchema = z.union([deadLetterSchema, z.object({ unreadable: z.string(), atMs: z.number() })]);
export type KeptLetter = z.infer<typeof keptDeadLetterSchema>;

const deliveredSchema = z.object({ update: updateSchema, commit: z.optional(z.string()), atMs: z.number() });
export type Delivered = z.infer<typeof deliveredSchema>;

const announcedSchema = z.object({ update: updateSchema, atMs: z.number() });
type Announced = z.infer<typeof announcedSchema>;

/** Every commit that was made to be pushed, with what it holds, the latest last. */
const intentionSchema = z.object({
  commits: z.array(
    z.object({
      id: z.string(),
      madeMs: z.number(),
      entries: z.array(z.object({ key: z.string(), entry: queueEntrySchema })),
    }),
  ),
});
type Intention = z.infer<typeof intentionSchema>;

/** Images of deliveries under way, by source. */
const throttleSchema = z.object({ reserved: z.record(z.string(), z.number()) });
type Throttle = z.infer<typeof throttleSchema>;

const branchStateSchema = z.object({ head: z.optional(z.string()), cooldownUntilMs: z.optional(z.number()) });
type BranchState = z.infer<typeof branchStateSchema>;

const brokenGroupSchema = z.object({ text: z.string() });
const staleSchema = z.object({ atMs: z.number() });
type Stale = z.infer<typeof staleSchema>;

/**
 * Everything this room remembers. All is by target (`targetKey`), so that what belongs to a source is listed by its id and
 * a blank, but for the last nine.
 */
export interface DeliveryMemory {
  readonly queue: Documents<QueueEntry>;
  readonly deadLetters: Documents<KeptLetter>;
  readonly questions: Documents<Question>;
  /** So that what is announced is announced once. */
  readonly announced: Documents<Announced>;
  /** The last update that was delivered, so that its undoing is noticed. */
  readonly delivered: Documents<Delivered>;
  readonly quarantine: Documents<Quarantine>;
  /** Where they are opened: what is under way of each target. */
  readonly mergeRequests: Documents<KeptRequest>;
  /** So that a group that lacks a member is told of once. */
  readonly brokenGroups: Documents<{ readonly text: string }>;
  /** By source: a push under way. What of it is on the branch after a crash was delivered. */
  readonly intentions: Documents<Intention>;
  /** By registry domain: what takes room until its outcome is known. */
  readonly throttles: Documents<Throttle>;
  /** By source: where the last delivery left the branch. */
  readonly branches: Documents<BranchState>;
  /** By source. */
  readonly scans: Documents<ScanFacts>;
  /** By source: what the latest scan that came to its end found. */
  readonly plans: Documents<PlanDocument>;
  /** By source: when something was decided that the next scan has to heed although nothing else has changed. */
  readonly stale: Documents<Stale>;
  /** By id: the commits that Talos has made, of the last 90 days. */
  readonly commits: Documents<OwnCommit>;
  /** By source: as `scans`, in short. */
  readonly scanSummaries: Documents<ScanSummary>;
  /** By source: the traces of those who asked for the next scan. */
  readonly scanTraces: Documents<ScanTraces>;
  /** By source: what registries are to be asked again. */
  readonly afresh: Documents<WantedAfresh>;
}

export function openDeliveryMemory(store: Store): DeliveryMemory {
  return {
    queue: openDocuments(store, "queue", queueEntrySchema),
    deadLetters: openDocuments(store, "dead-letter", keptDeadLetterSchema),
    questions: openDocuments(store, "question", questionSchema),
    announced: openDocuments(store, "announced", announcedSchema),
    delivered: openDocuments(store, "delivered", deliveredSchema),
    quarantine: openDocuments(store, "quarantine", quarantineSchema),
    mergeRequests: openDocuments(store, "merge-request", keptRequestSchema),
    brokenGroups: openDocuments(store, "broken-group", brokenGroupSchema),
    intentions: openDocuments(store, "intention", intentionSchema),
    throttles: openDocuments(store, "throttle", throttleSchema),
    branches: openDocuments(store, "branch", branchStateSchema),
    scans: openDocuments(store, "scan", scanFactsSchema),
    plans: openDocuments(store, "plan", planDocumentSchema),
    stale: openDocuments(store, "stale", staleSchema),
    commits: openDocuments(store, "commit", ownCommitSchema),
    scanSummaries: openDocuments(store, "scan-summary", scanSummarySchema),
    scanTraces: openDocuments(store, "scan-trace", scanTracesSchema),
    afresh: openDocuments(store, "afresh", wantedAfreshSchema),
  };
}
