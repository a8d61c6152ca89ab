import { parseImageReference } from "../images/parse-image-reference.ts";
import { isFloatingTag } from "../images/tag.ts";
import type { ImageDescription, Registries } from "../registries/registry.ts";
import { describeFamily } from "./describe-family.ts";
import type { DecidedReference } from "./plan-reference-edits.ts";

/** What a proposed image says of itself. */
export interface ImageNews extends ImageDescription {
  readonly tag: string;
}

/** What explains a verdict further and was not needed for it. */
export interface Background {
  readonly news: readonly ImageNews[];
  /** How all the tags relate to the current one, in a sentence. */
  readonly family: string | undefined;
}

/** Asks the registry what the proposed images say of themselves, and for all the tags. */
export async function readBackground(
  { verdict, policy, found }: DecidedReference,
  registries: Registries,
): Promise<Background> {
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
