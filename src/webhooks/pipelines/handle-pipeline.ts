import type { Change } from "../../store/store.ts";
import type { EffectPorts } from "../effect-ports.ts";
import type { PipelineEvent } from "../webhook-event.ts";
import { advancePipeline } from "./advance-pipeline.ts";
import { openPipelines, type Pipeline, pipelineKey, readPipeline } from "./pipeline.ts";
import { placePipeline } from "./place-pipeline.ts";
import { tellPipeline } from "./tell-pipeline.ts";

const tries = 20;
/** A forge that sends more than this of what is not ours says nothing worth waiting for. */
const mostWaiting = 500;

/** Keeps the latest state of a pipeline of ours, and tells of every change of it. */
export async function handlePipeline(event: PipelineEvent, ports: EffectPorts): Promise<void> {
  const commit = event.commit.toLowerCase();
  if (event.isChild || !/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(commit)) return;
  const heard = readPipeline({ ...event, commit }, ports.now());
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const { changes, isWaiting } = await advance(heard, event.urls, ports);
    const isKept = changes.length === 0 || (await ports.store.write(changes)) === "written";
    // Also when it was waiting already: whoever wrote that may have died before the review was asked for.
    if (isKept) return isWaiting ? ports.requestReview() : undefined;
  }
  throw new Error(`pipeline ${heard.id} could not be kept: others were quicker ${tries} times`);
}

interface Advance {
  readonly changes: readonly Change[];
  /** Nobody knows yet whose it is. */
  readonly isWaiting: boolean;
}

/** Waiting ones are read first: what is moved from there to our own in the meantime is then found here. */
async function advance(heard: Pipeline, urls: readonly string[], ports: EffectPorts): Promise<Advance> {
  const memory = openPipelines(ports.store);
  const key = pipelineKey(heard);
  const waiting = await memory.waiting.get(key);
  const own = await memory.own.get(key);
  if (own !== undefined)
    return { changes: tellPipeline({ ...own.value, pipeline: heard }, own, ports), isWaiting: false };
  if (waiting !== undefined) {
    const pipeline = advancePipeline(waiting.value.pipeline, heard);
    const isNews = pipeline !== waiting.value.pipeline;
    return {
      changes: isNews ? [memory.waiting.put(key, { ...waiting.value, pipeline }, waiting.version)] : [],
      isWaiting: true,
    };
  }
  const place = await placePipeline(heard, urls, ports);
  if (place.kind === "own") {
    // Forges may send its first line alone.
    const pipeline = { ...heard, message: place.message ?? heard.message };
    return { changes: tellPipeline({ source: place.source, pipeline }, undefined, ports), isWaiting: false };
  }
  if (place.kind === "foreign" || (await memory.waiting.list("")).length >= mostWaiting)
    return { changes: [], isWaiting: false };
  const since = { sinceMs: ports.now(), nextMs: ports.now(), looks: 0 };
  return {
    changes: [memory.waiting.put(key, { pipeline: heard, places: place.places, ...since }, 0)],
    isWaiting: true,
  };
}
