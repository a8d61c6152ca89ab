import type { KeptDocument } from "../../store/documents.ts";
import { TalosError } from "../../talos-error.ts";
import type { ReviewPorts } from "../effect-ports.ts";
import { openPipelines, type WaitingPipeline } from "./pipeline.ts";
import { type Recognition, recogniseCommit } from "./recognise-commit.ts";
import { tellPipeline } from "./tell-pipeline.ts";

export const pipelinesJob = "pipelines";

/** A commit that is not there yet comes soon; a repository that cannot be read may take longer. */
const mostLooks = 4;
const longestWaitMs = 3_600_000;
const firstRetryMs = 5000;
const longestRetryMs = 600_000;

/** Looks whether the commits of waiting pipelines are ours. When to look again; undefined: nothing waits. */
export async function reviewPipelines(ports: ReviewPorts, signal: AbortSignal): Promise<number | undefined> {
  const memory = openPipelines(ports.store);
  // Those of a repository that cannot be read are looked at one by one only when it can be again.
  const away = new Set<string>();
  for (const waiting of await memory.waiting.list(""))
    if (waiting.value.nextMs <= ports.now()) await review(waiting, away, ports, signal);
  const left = await memory.waiting.list("");
  return left.length === 0 ? undefined : Math.min(...left.map(({ value }) => value.nextMs));
}

/** Whoever was quicker has heard of another state: the next look finds it. */
async function review(
  waiting: KeptDocument<WaitingPipeline>,
  away: Set<string>,
  ports: ReviewPorts,
  signal: AbortSignal,
): Promise<void> {
  const memory = openPipelines(ports.store);
  const { key, version, value } = waiting;
  const outcome = await recognise(value, away, ports, signal);
  if (outcome.kind === "own") {
    const known = await memory.own.get(key);
    const told = tellPipeline({ source: outcome.source, pipeline: value.pipeline }, known, ports);
    await ports.store.write([memory.waiting.delete(key, version), ...told]);
    return;
  }
  const looks = value.looks + 1;
  const isOver =
    outcome.kind === "foreign" ||
    (outcome.kind === "missing" && looks >= mostLooks) ||
    ports.now() - value.sinceMs >= longestWaitMs;
  const nextMs = ports.now() + Math.min(longestRetryMs, firstRetryMs * 3 ** value.looks);
  const change = isOver
    ? memory.waiting.delete(key, version)
    : memory.waiting.put(key, { ...value, looks, nextMs }, version);
  await ports.store.write([change]);
}

async function recognise(
  { pipeline, places }: WaitingPipeline,
  away: Set<string>,
  ports: ReviewPorts,
  signal: AbortSignal,
): Promise<Recognition | { readonly kind: "unreadable" }> {
  if (places.some(({ source }) => away.has(source))) return { kind: "unreadable" };
  try {
    return await recogniseCommit(pipeline.commit, places, ports, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof TalosError) || error.code === "store-unreachable") throw error;
    for (const { source } of places) away.add(source);
    return { kind: "unreadable" };
  }
}
