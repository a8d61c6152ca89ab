import type { LoggedEvent } from "../../../http/api/api-schemas.ts";
import type { Tone } from "../../../operations/view.ts";
import type { IconName } from "../control/icon.tsx";

export interface EventLook {
  readonly icon: IconName;
  readonly tone: Tone | "accent";
  /** One or two words. */
  readonly label: string;
}

type Event = Pick<LoggedEvent, "facts"> & { readonly kind: string };

const looks: Readonly<Record<string, EventLook>> = {
  "store-gone": { icon: "alert", tone: "bad", label: "store away" },
  "store-back": { icon: "check", tone: "good", label: "store back" },
  "scan-finished": { icon: "search", tone: "quiet", label: "scan" },
  "scan-failed": { icon: "alert", tone: "bad", label: "scan failed" },
  "scan-recovered": { icon: "check", tone: "good", label: "scan well again" },
  "group-incomplete": { icon: "alert", tone: "warning", label: "group waits" },
  announced: { icon: "info", tone: "accent", label: "announced" },
  "question-opened": { icon: "question", tone: "accent", label: "asked" },
  "question-answered": { icon: "check", tone: "good", label: "answered" },
  "question-superseded": { icon: "question", tone: "quiet", label: "asked anew" },
  "question-closed": { icon: "question", tone: "quiet", label: "question closed" },
  queued: { icon: "queue", tone: "quiet", label: "queued" },
  superseded: { icon: "queue", tone: "quiet", label: "superseded" },
  dropped: { icon: "close", tone: "quiet", label: "dropped" },
  waiting: { icon: "later", tone: "warning", label: "waits" },
  retrying: { icon: "again", tone: "warning", label: "tried again" },
  delivered: { icon: "check", tone: "good", label: "delivered" },
  verified: { icon: "check", tone: "good", label: "verified" },
  "dead-lettered": { icon: "alert", tone: "bad", label: "failed" },
  replayed: { icon: "again", tone: "quiet", label: "replayed" },
  cleared: { icon: "close", tone: "quiet", label: "cleared" },
  reverted: { icon: "left", tone: "warning", label: "reverted" },
  held: { icon: "hold", tone: "warning", label: "held" },
  lifted: { icon: "go", tone: "quiet", label: "hold lifted" },
  "merge-request-opened": { icon: "history", tone: "quiet", label: "merge request" },
  "merge-request-updated": { icon: "history", tone: "quiet", label: "merge request" },
  "merge-request-closed": { icon: "history", tone: "quiet", label: "merge request" },
  operation: { icon: "info", tone: "quiet", label: "asked for" },
};

/** How an event looks, and what it is called in a word. */
export function eventLook(event: Event): EventLook {
  const { kind, facts } = event;
  if (kind === "pipeline") return pipelineLook(event);
  if (kind === "operation" && isFailure(event))
    return { icon: "alert", tone: "bad", label: String(facts?.outcome ?? "failed") };
  // Of a kind that a newer Talos knows, as long as this page is not loaded anew.
  return looks[kind] ?? { icon: "info", tone: "quiet", label: kind };
}

function pipelineLook({ facts }: Event): EventLook {
  const state = String(facts?.state ?? "unknown");
  if (/^(?:success|completed|passed)/u.test(state)) return { icon: "check", tone: "good", label: "pipeline passed" };
  if (state === "failed") return { icon: "alert", tone: "bad", label: "pipeline failed" };
  if (state.startsWith("cancel")) return { icon: "close", tone: "warning", label: "pipeline cancelled" };
  return { icon: "history", tone: "warning", label: `pipeline ${state}` };
}

const failures: readonly string[] = ["scan-failed", "store-gone", "retrying", "dead-lettered", "reverted"];

export function isFailure({ kind, facts }: Event): boolean {
  if (kind === "operation") return facts?.outcome !== "ok" && facts?.outcome !== "cancelled";
  if (kind === "pipeline") return facts?.state === "failed";
  return failures.includes(kind);
}
