import type { KeptDocument } from "../../store/documents.ts";
import { isSameVersion } from "../queue/compare-updates.ts";
import { explainOutcome, isDone, isSettled } from "../scan/outcome-facts.ts";
import { nothing, type RouteContext, type Routed, type TargetMemory } from "../scan/routed.ts";
import type { TargetOutcome } from "../scan/target-outcome.ts";
import { type KeptRequest, openlyShown } from "./merge-request.ts";

/**
 * What becomes of the merge request of one target after a scan: it ends when nothing is proposed any more, and is queued
 * again when the files that it changes are not what they were. Pure, as all routing is.
 */
export function routeRequest(
  key: string,
  outcome: TargetOutcome,
  { request, entry }: TargetMemory,
  context: RouteContext,
): Routed {
  // What was read before it was opened says nothing about it.
  if (request === undefined || request.value.isForeign === true || request.value.atMs >= context.readMs) return nothing;
  const { push, prompt } = outcome.updates;
  const offered = [push, prompt].filter((update) => update !== undefined);
  if (offered.length === 0) return isSettled(outcome) ? endUnwanted(request, outcome, context) : nothing;
  const shown = openlyShown(request.value);
  const same = shown && offered.find((update) => isSameVersion(shown.entry.update, update));
  if (shown === undefined || same === undefined || entry !== undefined || context.isBasis(shown.basis)) return nothing;
  const again = { update: same, cause: shown.entry.cause, queuedMs: context.nowMs, attempts: 0, isRebuild: true };
  return { changes: [context.memory.queue.put(key, again, 0)], events: [] };
}

function endUnwanted(request: KeptDocument<KeptRequest>, outcome: TargetOutcome, context: RouteContext): Routed {
  const { update } = request.value.latest.entry;
  return endRequest(
    request,
    isDone(update, outcome) ? "it is there already" : explainOutcome(outcome, update),
    context,
  );
}

/** Writes down that it is to be closed, which the next delivery does. */
export function endRequest(
  request: KeptDocument<KeptRequest> | undefined,
  reason: string,
  { memory }: RouteContext,
): Routed {
  if (request === undefined || request.value.ending !== undefined) return nothing;
  const ending = { comment: `Closed by Talos: ${reason}.` };
  return {
    changes: [memory.mergeRequests.put(request.key, { ...request.value, ending }, request.version)],
    events: [],
  };
}
