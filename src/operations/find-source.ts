import { suggestName } from "../policy/nearest-name.ts";
import { TalosError } from "../talos-error.ts";
import type { Talos, WatchedSource } from "./talos.ts";

/** All sources, or the one that is named by its id, its URL or the end of its id: `infra` of `github.com/me/infra`. */
export function findSources({ sources }: Pick<Talos, "sources">, wanted: string | undefined): readonly WatchedSource[] {
  if (wanted === undefined) return sources;
  const exact = sources.filter(({ id, url }) => id === wanted || url === wanted);
  const matches = exact.length > 0 ? exact : sources.filter((source) => isNamed(source, wanted));
  if (matches.length === 1) return matches;
  if (matches.length > 1)
    throw new TalosError("usage", `${matches.length} sources match ${wanted}`, {
      hint: `they are ${matches.map(({ id }) => id).join(", ")}`,
    });
  throw new TalosError("target-not-found", `there is no source ${wanted}`, {
    hint:
      sources.length === 0
        ? "no source is configured"
        : suggestName(
            wanted,
            sources.flatMap(({ id }) => [id, shortName(id)]),
          ),
  });
}

export function sourceNames({ sources }: Pick<Talos, "sources">): readonly string[] {
  return sources.map(({ id }) => id);
}

function isNamed({ id }: WatchedSource, wanted: string): boolean {
  const [repository = id, branch] = id.split("#", 2);
  const name = shortName(id);
  return wanted === name || wanted === repository || (branch !== undefined && wanted === `${name}#${branch}`);
}

/** `infra` of `github.com/me/infra#main`. */
function shortName(id: string): string {
  return id.split("#", 1).join().split("/").at(-1) ?? id;
}
