import type { Source } from "../../delivery/delivery-ports.ts";
import type { EffectPorts } from "../effect-ports.ts";
import { sourcesOf } from "../effects/watched-branch.ts";
import { foreignKey, openForeign } from "./foreign-commits.ts";
import type { Pipeline, WaitingPipeline } from "./pipeline.ts";

export type PipelinePlace =
  /** Of a commit of ours, in that source; `message`: the commit's, where it is the very one that Talos made. */
  | { readonly kind: "own"; readonly source: string; readonly message?: string }
  /** It may be of one. */
  | { readonly kind: "unknown"; readonly places: WaitingPipeline["places"] }
  | { readonly kind: "foreign" };

/**
 * Whose commit a pipeline is of, as far as can be told without git. Ids of commits are not guessed, and those who may send
 * are known: so an id is enough, and a forge may name its repository as it likes.
 */
export async function placePipeline(
  { commit, ref }: Pipeline,
  urls: readonly string[],
  ports: EffectPorts,
): Promise<PipelinePlace> {
  const own = await ports.memory.commits.get(commit);
  if (own !== undefined) return { kind: "own", source: own.value.source, message: own.value.message };
  const foreign = openForeign(ports.store);
  const places: WaitingPipeline["places"] = [];
  for (const source of sourcesOf(urls, ports)) {
    if (await isOfRequest(source, ref, ports)) return { kind: "own", source: source.id };
    const branch = await branchOf(source, ref, ports);
    const isKnown = branch === undefined || (await foreign.get(foreignKey(source.id, commit))) !== undefined;
    if (!isKnown) places.push({ source: source.id, branch });
  }
  return places.length === 0 ? { kind: "foreign" } : { kind: "unknown", places };
}

/** What a forge makes to try a merge has an id that nobody else ever sees. */
async function isOfRequest({ id }: Source, ref: string, { memory }: EffectPorts): Promise<boolean> {
  const [, number] = /^refs\/(?:merge-requests|pull)\/(\d+)\/\w+$/.exec(ref) ?? [];
  if (number === undefined) return false;
  return (await memory.mergeRequests.list(`${id} `)).some(({ value }) => value.number === Number(number));
}

/** The watched branch, or one of Talos's own; undefined: another one. Never a text that is only from outside. */
async function branchOf({ id, branch }: Source, ref: string, { memory }: EffectPorts): Promise<string | undefined> {
  const named = ref.replace(/^refs\/heads\//, "");
  const watched = branch ?? (await memory.scans.get(id))?.value.branch;
  if (named === watched) return watched;
  return /^talos\/[a-z0-9-]+$/.test(named) ? named : undefined;
}
