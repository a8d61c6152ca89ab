import { z } from "zod";
import { choice, integer } from "../../../config/setting-types.ts";
import { optional } from "../../../operations/argument-types.ts";
import { findSources } from "../../../operations/find-source.ts";
import type { WatchedSource } from "../../../operations/talos.ts";
import { readDeliveryState } from "../../../operations/updates/read-delivery-state.ts";
import { TalosError } from "../../../talos-error.ts";
import { imageNames } from "../../../updates/match-reference.ts";
import type { PlannedReference } from "../../../updates/plan-document.ts";
import { verdictKinds } from "../../../updates/verdict.ts";
import { referencesSchema } from "../api-schemas.ts";
import { defineResource, freeText } from "./define-resource.ts";
import { describeReference } from "./describe-reference.ts";

const [firstKind = "current", ...otherKinds] = verdictKinds;

export const references = defineResource({
  path: "/references",
  summary: "list the images that stand in the files, with the verdicts of the latest scans",
  access: "read",
  query: z.strictObject({
    source: optional(freeText(), "Only of this source: its id, or the end of it."),
    verdict: optional(choice(firstKind, ...otherKinds), "Only with this verdict."),
    text: optional(freeText(), "Only those that have all these words in their names, files, groups or images."),
    limit: optional(integer(1, 10_000), "How many at once; not given: 100."),
    after: optional(freeText(), "The `next` of the page before."),
  }),
  answer: referencesSchema,
  async read({ talos }, { source, verdict, text = "", limit = 100, after }) {
    const [placed, state] = await Promise.all([readPlaced(findSources(talos, source)), readDeliveryState(talos)]);
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    const matching = placed.filter(
      ({ reference }) => (verdict === undefined || reference.verdict === verdict) && hasWords(reference, words),
    );
    const start = after === undefined ? 0 : findStart(matching, after);
    const page = matching.slice(start, start + limit);
    const last = page.at(-1);
    return {
      references: page.map((one) => describeReference(one.source, one.reference, state)),
      total: matching.length,
      next: last === undefined || start + page.length >= matching.length ? undefined : cursorOf(last),
    };
  },
});

interface Placed {
  readonly source: string;
  readonly reference: PlannedReference;
  /** Among all of these sources, as of now. */
  readonly index: number;
}

async function readPlaced(sources: readonly WatchedSource[]): Promise<readonly Placed[]> {
  const records = await Promise.all(
    sources.map(async (source) => ({ source: source.id, record: await source.record() })),
  );
  let index = 0;
  return records.flatMap(({ source, record }) =>
    (record?.plan?.references ?? []).map((reference) => ({ source, reference, index: index++ })),
  );
}

function hasWords(reference: PlannedReference, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const { name, file, pointer, image, policy } = reference;
  const all = [name, file, pointer, image, policy?.sync?.group ?? "", ...imageNames(reference)]
    .join("\n")
    .toLowerCase();
  return words.every((word) => all.includes(word));
}

/** Names the last of a page, and where it was: a scan may take it away before the next page is asked for. */
function cursorOf({ index, source, reference }: Placed): string {
  return `${index} ${source} ${reference.id}`;
}

function findStart(matching: readonly Placed[], cursor: string): number {
  const [, index, identity] = /^(\d{1,9}) (.+)$/s.exec(cursor) ?? [];
  if (index === undefined) throw new TalosError("usage", "`after` is not the `next` of a page");
  const last = matching.findIndex(({ source, reference }) => `${source} ${reference.id}` === identity);
  if (last >= 0) return last + 1;
  const next = matching.findIndex((one) => one.index >= Number(index));
  return next < 0 ? matching.length : next;
}
