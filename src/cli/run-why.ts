import { parseImageReference } from "../images/parse-image-reference.ts";
import { isFloatingTag } from "../images/tag.ts";
import { TalosError } from "../talos-error.ts";
import type { ReferenceWithEdits } from "../updates/plan-reference-edits.ts";
import { referenceId } from "../updates/target-id.ts";
import { describeFamily } from "./describe-family.ts";
import { type ExitStatus, exitStatus } from "./exit-status.ts";
import { bestMatches, matchReference } from "./match-reference.ts";
import { printable } from "./printable.ts";
import { type ImageNews, renderWhy, type WhyBackground } from "./render-why.ts";
import type { ScanOptionValues } from "./scan-options.ts";
import { type ScanSession, scanTargets } from "./scan-targets.ts";
import type { Terminal } from "./terminal.ts";

/** The reference, then the targets. */
export async function runWhy(
  values: ScanOptionValues,
  [wanted, ...targets]: readonly string[],
  terminal: Terminal,
): Promise<ExitStatus> {
  if (wanted === undefined)
    throw new TalosError("usage", "why needs a reference", { hint: "for example: talos why web" });
  const isWanted = ({ found }: Pick<ReferenceWithEdits, "found">) => matchReference(found, wanted) > 0;
  await using session = await scanTargets(targets, { values, unannotated: "notify", terminal, isWanted });
  const [match, ...others] = bestMatches(
    session.scans.flatMap(({ result }) => result.references),
    wanted,
  );
  if (match === undefined)
    throw new TalosError("target-not-found", `there is no reference ${wanted}`, {
      hint: "talos plan lists them all; a name, an image or file#pointer will do",
    });
  if (others.length > 0) {
    terminal.out(`${others.length + 1} references match; name one of them:`);
    for (const line of listMatches([match, ...others], session)) terminal.out(`  ${printable(line)}`);
    return exitStatus.done;
  }
  for (const line of renderWhy(match, await readBackground(match, session), terminal)) terminal.out(line);
  return match.verdict.kind === "unknown" ? exitStatus.unknown : exitStatus.done;
}

/** Their ids, and where there are several targets the one that each is in. */
function listMatches(matches: readonly ReferenceWithEdits[], { scans }: ScanSession): readonly string[] {
  const sourceOf = (match: ReferenceWithEdits) => scans.find(({ result }) => result.references.includes(match))?.source;
  const hasSources = new Set(matches.map(sourceOf)).size > 1;
  return matches.map((match) =>
    hasSources ? `${referenceId(match.found)} in ${sourceOf(match)}` : referenceId(match.found),
  );
}

/** What `why` adds to a verdict: what the proposed images say of themselves, and how all the tags relate to the current. */
async function readBackground(
  { verdict, policy, found }: ReferenceWithEdits,
  { registries }: ScanSession,
): Promise<WhyBackground> {
  const parsed = parseImageReference(found.image);
  if (parsed.kind === "invalid" || policy === undefined || verdict.kind === "skipped")
    return { news: [], family: undefined };
  const { reference } = parsed;
  const news = verdict.proposals.map(async ({ tag, digest }): Promise<readonly ImageNews[]> => {
    if (digest === undefined) return [];
    const description = await registries.describeImage(reference, digest, policy.platform);
    return description.kind === "found" ? [{ tag, ...description.value }] : [];
  });
  const current = reference.tag ?? "latest";
  const tags = isFloatingTag(current) ? undefined : await registries.listTags(reference);
  const family = tags?.kind === "found" ? describeFamily(current, tags.value) : undefined;
  return { news: (await Promise.all(news)).flat(), family };
}
