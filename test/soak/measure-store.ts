import type { Store } from "../../src/store/store.ts";

const names =
  "queue dead-letter question announced delivered quarantine broken-group intention throttle branch scan stale sightings";

/** How much it holds: documents by collection, and the kibibytes of them. */
export async function measureStore(store: Store): Promise<string> {
  const sizes = await Promise.all(
    names.split(" ").map(async (name) => {
      const documents = await store.collection(name).list("");
      const kibibytes = Math.round(JSON.stringify(documents).length / 1024);
      return documents.length === 0 ? [] : [`${name} ${documents.length} (${kibibytes} KiB)`];
    }),
  );
  const events = await store.log("events").read(0, Number.MAX_SAFE_INTEGER);
  return `${events.length} events, ${sizes.flat().join(", ")}`;
}
