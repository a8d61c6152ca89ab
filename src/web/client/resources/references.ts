/** All references of all sources: they are filtered here, so that a key press shows at once. */
import type { LoggedEvent, Reference, References } from "../../../http/api/api-schemas.ts";
import { type Asked, ask } from "../api/ask.ts";
import { createResource, type Read } from "../api/resource.ts";
import { changesUpdates } from "./updates.ts";

const pageLimit = 10_000;

/** After events only those of their sources are asked for. */
const read: Read<readonly Reference[]> = async (change) => {
  const ids = new Set(change?.events.map(({ source }) => source));
  if (change === undefined || ids.size === 0 || ids.has(undefined)) return await readAll(undefined);
  let all = change.last;
  for (const id of ids) {
    const asked = await readAll(id);
    if (asked.kind === "failed") return asked;
    const index = all.findIndex(({ source }) => source === id);
    const others = all.filter(({ source }) => source !== id);
    all = others.toSpliced(index < 0 ? others.length : index, 0, ...asked.value);
  }
  return { kind: "ok", value: all };
};

export const references = createResource(read, changesReferences);

function changesReferences(event: LoggedEvent): boolean {
  return changesUpdates(event) && event.kind !== "scan-failed" && event.kind !== "scan-recovered";
}

async function readAll(source: string | undefined): Promise<Asked<readonly Reference[]>> {
  const all: Reference[] = [];
  for (let after: string | undefined, isFirst = true; isFirst || after !== undefined; isFirst = false) {
    const query = new URLSearchParams({ limit: String(pageLimit) });
    if (source !== undefined) query.set("source", source);
    if (after !== undefined) query.set("after", after);
    const asked = await ask<References>(`references?${query}`);
    if (asked.kind === "failed") return asked;
    all.push(...asked.value.references);
    after = asked.value.next;
  }
  return { kind: "ok", value: all };
}

/** What makes a reference this one, whatever else changes of it. */
export function identityOf({ source, id }: Pick<Reference, "source" | "id">): string {
  return `${source} ${id}`;
}
