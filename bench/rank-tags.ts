import { rankCandidates } from "../src/images/rank-candidates.ts";

const tagCount = 25_000;
const runCount = 15;

/** The median time to parse and rank the tags of one very large repository on one core, once the code is warm. */
export function measureRankTags(): { readonly milliseconds: number; readonly tags: number } {
  const tags = Array.from({ length: tagCount }, (_, index) => writeTag(index));
  const times: number[] = [];
  for (let run = 0; run < runCount; run++) {
    const start = performance.now();
    const candidates = rankCandidates("1.2.0.1000-ls5", tags);
    times.push(performance.now() - start);
    if (candidates.length < tagCount / 4) throw new Error("The tags to rank are not what they should be.");
  }
  const [median] = times.sort((a, b) => a - b).slice(Math.floor(runCount / 2));
  return { milliseconds: median ?? Number.NaN, tags: tags.length };
}

/** The mix of a linuxserver repository: half are of the family to rank, in no order, the rest all that lies beside it. */
function writeTag(index: number): string {
  const scattered = (index * 7919) % tagCount;
  const version = `${scattered % 9}.${scattered % 31}.${scattered % 17}.${scattered}`;
  const hash = (scattered * 2_654_435_761).toString(16).padStart(12, "a");
  const forms = [
    `${version}-ls${scattered % 400}`,
    `${version}-ls${scattered % 300}`,
    `${version}-ls${scattered % 200}`,
    `${version}-ls${scattered % 100}`,
    `arm64v8-${version}-ls${scattered % 400}`,
    `version-${version}`,
    `${version}-${hash}-ls${scattered % 400}`,
    `nightly-2026-01-${10 + (scattered % 20)}-slim-bookworm`,
    `${version}-rc.${scattered % 9}-alpine3.20`,
    `sha-${hash}`,
  ];
  return forms[index % forms.length] ?? version;
}
