import { createHash } from "node:crypto";

/** What the fixture's registry serves and its folder names: both are made from these rules, with nothing random. */
export interface FixtureSize {
  readonly repositories: number;
  readonly services: number;
}

const majors = [1, 2, 3, 4, 5];
const minors = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
/** 50 tags, not in their order, as registries have them. */
export const fixtureTags: readonly string[] = minors.flatMap((minor) => majors.map((major) => `${major}.${minor}.0`));

export function repositoryName(index: number): string {
  return `team-${index % 7}/app-${String(index).padStart(4, "0")}`;
}

export interface FixtureService {
  readonly repository: string;
  readonly tag: string;
  /** The highest tag that `x-tl: ^!` allows: what a plan wants the digest of. */
  readonly chosenTag: string;
}

/** Of five repositories four run two majors and one runs three: 100 repositories have 220 chosen tags. */
export function fixtureServices({ repositories, services }: FixtureSize): readonly FixtureService[] {
  return Array.from({ length: services }, (_, index) => {
    const repository = index % repositories;
    const round = Math.floor(index / repositories);
    const major = 1 + (round % (repository % 5 === 0 ? 3 : 2));
    const tag = `${major}.${(repository + round) % (minors.length - 1)}.0`;
    return { repository: repositoryName(repository), tag, chosenTag: `${major}.${minors.length - 1}.0` };
  });
}

/** Each repository once, with the distinct tags whose digests a plan needs. */
export function chosenTags(size: FixtureSize): ReadonlyMap<string, ReadonlySet<string>> {
  const chosen = new Map<string, Set<string>>();
  for (const { repository, chosenTag } of fixtureServices(size))
    chosen.set(repository, (chosen.get(repository) ?? new Set()).add(chosenTag));
  return chosen;
}

export interface FixtureManifest {
  readonly body: string;
  readonly digest: string;
  readonly config: string;
}

export const manifestType = "application/vnd.oci.image.manifest.v1+json";

export function fixtureManifest(repository: string, tag: string): FixtureManifest {
  const source = `https://example.com/${repository}`;
  const config = JSON.stringify({
    architecture: "amd64",
    os: "linux",
    created: "2026-01-02T03:04:05Z",
    config: { Labels: { "org.opencontainers.image.source": source, "org.opencontainers.image.version": tag } },
    rootfs: { type: "layers", diff_ids: [] },
  });
  const body = JSON.stringify({
    schemaVersion: 2,
    mediaType: manifestType,
    config: { mediaType: "application/vnd.oci.image.config.v1+json", digest: digestOf(config), size: config.length },
    layers: [],
  });
  return { body, digest: digestOf(body), config };
}

function digestOf(text: string): string {
  return `sha256:${createHash("sha256").update(text).digest("hex")}`;
}
