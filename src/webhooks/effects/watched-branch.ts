import type { Source } from "../../delivery/delivery-ports.ts";
import type { EffectPorts } from "../effect-ports.ts";
import { isSameRepository } from "./is-same-repository.ts";

/** The sources of a repository, whatever their branch. */
export function sourcesOf(urls: readonly string[], { sources }: Pick<EffectPorts, "sources">): readonly Source[] {
  return sources.filter(({ url }) => urls.some((named) => isSameRepository(named, url)));
}

/** Whether a source watches that branch; also when it is not known yet which one the repository calls its own. */
export async function isWatched(
  { id, branch }: Source,
  named: string,
  { memory }: Pick<EffectPorts, "memory">,
): Promise<boolean> {
  const watched = branch ?? (await memory.scans.get(id))?.value.branch;
  return watched === undefined || watched === named.replace(/^refs\/heads\//, "");
}
