import type { MemoryContents } from "./memory-contents.ts";
import type { Change, WriteOutcome } from "./store.ts";

type DocumentChange = Extract<Change, { readonly kind: "put" | "delete" }>;

/** All or none: what was changed before a conflict is undone. */
export function writeToMemory(contents: MemoryContents, changes: readonly Change[]): WriteOutcome {
  const undo: (() => void)[] = [];
  for (const change of changes.map(freeze)) {
    if (apply(contents, change, undo)) continue;
    for (const step of undo.reverse()) step();
    return "conflict";
  }
  return "written";
}

/** Its value becomes text before anything is written, so that one that is no JSON writes nothing. */
function freeze(change: Change): Change {
  return "value" in change ? { ...change, value: JSON.stringify(change.value ?? null) } : change;
}

function apply(contents: MemoryContents, change: Change, undo: (() => void)[]): boolean {
  switch (change.kind) {
    case "put":
    case "delete":
      return changeDocument(contents, change, undo);
    case "append": {
      const log = contents.logs.get(change.log) ?? { last: 0, entries: [] };
      contents.logs.set(change.log, log);
      log.last += 1;
      log.entries.push({ position: log.last, atMs: change.atMs, json: String(change.value) });
      undo.push(() => {
        log.last -= 1;
        log.entries.pop();
      });
      return true;
    }
    case "count": {
      const before = contents.windows.get(change.window) ?? new Map();
      const { id, atMs, count } = change;
      const oldest = atMs - change.keepSeconds * 1000;
      const kept = [...before].filter(([, counted]) => counted.atMs >= oldest);
      contents.windows.set(change.window, new Map([...kept, [id, { id, atMs, count }]]));
      undo.push(() => contents.windows.set(change.window, before));
      return true;
    }
  }
}

function changeDocument(contents: MemoryContents, change: DocumentChange, undo: (() => void)[]): boolean {
  const { collection, key, expectedVersion } = change;
  const rows = contents.documents.get(collection) ?? new Map();
  const row = rows.get(key);
  if (expectedVersion !== undefined && expectedVersion !== (row?.version ?? 0)) return false;
  const deletedVersion = contents.deletedVersions.get(collection) ?? 0;
  contents.documents.set(collection, rows);
  contents.revisions.set(collection, (contents.revisions.get(collection) ?? 0) + 1);
  undo.push(() => {
    contents.deletedVersions.set(collection, deletedVersion);
    if (row === undefined) rows.delete(key);
    else rows.set(key, row);
  });
  if (change.kind === "put") {
    rows.set(key, { json: String(change.value), version: (row?.version ?? deletedVersion) + 1 });
  } else if (row !== undefined) {
    contents.deletedVersions.set(collection, Math.max(deletedVersion, row.version));
    rows.delete(key);
  }
  return true;
}
