import { formatRepository } from "../images/image-reference.ts";
import type { Lookup, Registries, Repository } from "../registries/registry.ts";
import { inSpan } from "../telemetry/trace.ts";
import type { Sightings } from "./sightings.ts";
import type { Facts, Moment, Need, Sighting } from "./target.ts";

/** What one scan knows. Whatever is needed by many references is looked up once. */
export interface FactTable {
  readonly facts: Facts;
  /** Resolves when everything needed is known; never fails for what a registry does. */
  lookUp(needs: readonly Need[]): Promise<void>;
}

export function createFactTable(
  registries: Registries,
  sightings: Sightings,
  moment: Moment,
  signal: AbortSignal | undefined,
): FactTable {
  const tags = new Map<string, Lookup<readonly string[]>>();
  const digests = new Map<string, Lookup<string>>();
  const seen = new Map<string, readonly Sighting[]>();
  const underWay = new Map<string, Promise<void>>();

  const options = signal === undefined ? {} : { signal };

  async function listTags(repository: Repository): Promise<void> {
    const name = formatRepository(repository);
    const answer = await inSpan("talos", "look up tags", { "talos.repository": name }, async (span) => {
      const looked = await registries.listTags(repository, options);
      if (looked.kind === "found") span.set({ "talos.tags": looked.value.length });
      else span.fail(looked.kind);
      return looked;
    });
    tags.set(name, answer);
  }

  async function readDigest(repository: Repository, reference: string): Promise<void> {
    const key = digestKey(repository, reference);
    const answer = await inSpan("talos", "look up digest", { "talos.image": key }, async (span) => {
      const looked = await registries.readDigest(repository, reference, options);
      if (looked.kind !== "found") span.fail(looked.kind);
      return looked;
    });
    if (answer.kind === "found" && !isDigest(reference))
      seen.set(key, await sightings.record(key, answer.value, moment.nowMs));
    digests.set(key, answer);
  }

  function once(key: string, lookUp: () => Promise<void>): Promise<void> {
    const running = underWay.get(key) ?? lookUp();
    underWay.set(key, running);
    return running;
  }

  return {
    facts: {
      tags: (repository) => tags.get(formatRepository(repository)),
      digest: (repository, reference) => digests.get(digestKey(repository, reference)),
      sightings: (repository, tag) => seen.get(digestKey(repository, tag)) ?? [],
    },
    async lookUp(needs) {
      await Promise.all(
        needs.map((need) =>
          need.kind === "tags"
            ? once(formatRepository(need.repository), () => listTags(need.repository))
            : once(digestKey(need.repository, need.reference), () => readDigest(need.repository, need.reference)),
        ),
      );
    },
  };
}

function digestKey(repository: Repository, reference: string): string {
  return `${formatRepository(repository)}${isDigest(reference) ? "@" : ":"}${reference}`;
}

function isDigest(reference: string): boolean {
  return reference.includes(":");
}
