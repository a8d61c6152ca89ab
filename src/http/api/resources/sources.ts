import type { WatchedSource } from "../../../operations/talos.ts";
import { type Source, sourcesSchema } from "../api-schemas.ts";
import { defineResource, noQuery } from "./define-resource.ts";

export const sources = defineResource({
  path: "/sources",
  summary: "list the repositories that are watched, with what their latest scans found",
  access: "read",
  query: noQuery,
  answer: sourcesSchema,
  read: async ({ talos }) => ({ sources: await Promise.all(talos.sources.map(describeSource)) }),
});

async function describeSource(source: WatchedSource): Promise<Source> {
  const [record, nextScan] = await Promise.all([source.record(), source.nextScan()]);
  const { id, url } = source;
  if (record === undefined) return { id, url, nextScan };
  const { branch, commit, endedMs, progress, error, hint, plan } = record;
  return { id, url, branch, commit, scannedMs: endedMs, nextScan, progress, error, hint, counts: countsOf(plan) };
}

function countsOf(
  plan: { readonly summary: NonNullable<Source["counts"]> & Readonly<Record<string, unknown>> } | undefined,
): Source["counts"] {
  if (plan === undefined) return undefined;
  const { references, current, update, held, skipped, unknown } = plan.summary;
  return { references, current, update, held, skipped, unknown };
}
