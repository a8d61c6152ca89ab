import { type Pipeline, pipelineStates } from "./pipeline.ts";

/** The pipeline after one more of its states was heard of, whenever that was; the same one when that is no news. */
export function advancePipeline(known: Pipeline | undefined, heard: Pipeline): Pipeline {
  if (known === undefined) return heard;
  if (!isLater(heard, known)) return known;
  // What one delivery leaves out another has said.
  const { message = heard.message, heardMs } = known;
  return { ...known, atMs: undefined, durationSeconds: undefined, ...heard, message, heardMs };
}

/**
 * By when a state began; then by which may follow the other. A re-run of the same pipeline begins later, and so goes back
 * to running. What ended without saying when has ended last; what began without saying when began first.
 */
function isLater(one: Pipeline, other: Pipeline): boolean {
  const [first, second] = [momentOf(one), momentOf(other)];
  return first === second ? rankOf(one) > rankOf(other) : first > second;
}

function momentOf({ atMs, state }: Pipeline): number {
  return atMs ?? (state === "waiting" || state === "running" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY);
}

function rankOf({ state }: Pipeline): number {
  return pipelineStates.indexOf(state);
}
