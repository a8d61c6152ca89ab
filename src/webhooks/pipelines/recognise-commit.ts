import type { ReviewPorts } from "../effect-ports.ts";
import { foreignKey, foreignSeconds, openForeign } from "./foreign-commits.ts";
import type { WaitingPipeline } from "./pipeline.ts";

export type Recognition =
  | { readonly kind: "own"; readonly source: string }
  /** Not there (yet), in one of the places at least. */
  | { readonly kind: "missing" }
  | { readonly kind: "foreign" };

/**
 * Whether a commit is one of ours in another form: one that makes the same change, or merges one of ours. Throws a
 * TalosError for a repository that cannot be read now.
 */
export async function recogniseCommit(
  commit: string,
  places: WaitingPipeline["places"],
  ports: ReviewPorts,
  signal: AbortSignal,
): Promise<Recognition> {
  let isMissing = false;
  for (const { source: id, branch } of places) {
    const source = ports.sources.find((one) => one.id === id);
    const change = await source?.repository.readChange(commit, branch, signal);
    if (source !== undefined && change === undefined) isMissing = true;
    else if (change !== undefined && (await isOfOurs(id, change, ports))) return { kind: "own", source: id };
    else await openForeign(ports.store).put(foreignKey(id, commit), true, foreignSeconds);
  }
  return { kind: isMissing ? "missing" : "foreign" };
}

async function isOfOurs(
  id: string,
  { parents, digest }: { readonly parents: readonly string[]; readonly digest: string | undefined },
  { memory }: ReviewPorts,
): Promise<boolean> {
  for (const merged of parents.slice(1)) if ((await memory.commits.get(merged))?.value.source === id) return true;
  if (digest === undefined) return false;
  return (await memory.commits.list("")).some(({ value }) => value.source === id && value.change === digest);
}
