/** Which references are shown: what the address says, as data. */
import type { Reference } from "../../../../http/api/api-schemas.ts";

export interface Filter {
  readonly verdict: string;
  readonly source: string;
  readonly size: string;
  readonly state: string;
  /** Words that must all be there. */
  readonly words: string;
}

export const verdicts = ["update", "held", "unknown", "current", "skipped"] as const;
export const states = ["asked", "deferred", "queued", "dead", "held", "proposed"] as const;
export const sizes = ["digest", "patch", "minor", "major"] as const;

export function readFilter(query: URLSearchParams): Filter {
  const get = (name: string): string => query.get(name) ?? "";
  return { verdict: get("verdict"), source: get("source"), size: get("size"), state: get("state"), words: get("q") };
}

export function isFiltered(filter: Filter): boolean {
  return Object.values(filter).some((value) => value !== "");
}

const texts = new WeakMap<Reference, string>();

/** Made once for each reference: it is looked through at every key press. */
function textOf(reference: Reference): string {
  const known = texts.get(reference);
  if (known !== undefined) return known;
  const { name, image, source, file, group, verdict, newest, update, reasons } = reference;
  const parts = [
    name,
    image,
    source,
    file,
    group,
    verdict,
    newest?.tag,
    update?.state,
    ...reasons.map(({ text }) => text),
  ];
  const text = parts.join("\n").toLowerCase();
  texts.set(reference, text);
  return text;
}

/** `except`: as if that part of the filter were not set, to count what it could be set to. */
export function filterReferences(
  references: readonly Reference[],
  filter: Filter,
  except?: keyof Filter,
): readonly Reference[] {
  const { verdict, source, size, state, words } = { ...filter, ...without(except) };
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return references.filter(
    (reference) =>
      (verdict === "" || reference.verdict === verdict) &&
      (source === "" || reference.source === source) &&
      (size === "" || sizeOf(reference) === size) &&
      (state === "" || reference.update?.state === state) &&
      (wanted.length === 0 || hasWords(textOf(reference), wanted)),
  );
}

function without(name: keyof Filter | undefined): Partial<Filter> {
  return name === undefined ? {} : { [name]: "" };
}

export function countBy(
  references: readonly Reference[],
  by: (reference: Reference) => string | undefined,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const reference of references) {
    const value = by(reference);
    if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}

export function sizeOf({ update, newest }: Reference): string | undefined {
  return update?.size ?? newest?.size;
}

function hasWords(text: string, words: readonly string[]): boolean {
  return words.every((word) => text.includes(word));
}
