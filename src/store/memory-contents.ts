import type { Counted } from "./store.ts";

/** Values are kept as JSON text, so that a reader gets a copy and exactly what a file would give. */
export interface MemoryContents {
  readonly documents: Map<string, Map<string, { readonly json: string; readonly version: number }>>;
  /** Per collection: the highest version of the documents that were deleted. */
  readonly deletedVersions: Map<string, number>;
  /** Per collection: counts up with its writes. */
  readonly revisions: Map<string, number>;
  readonly logs: Map<string, { last: number; entries: MemoryLogEntry[] }>;
  readonly windows: Map<string, Map<string, Counted>>;
  readonly cached: Map<string, { readonly json: string; readonly expiresAt: number }>;
}

interface MemoryLogEntry {
  readonly position: number;
  readonly atMs: number;
  readonly json: string;
}

export function createMemoryContents(): MemoryContents {
  return {
    documents: new Map(),
    deletedVersions: new Map(),
    revisions: new Map(),
    logs: new Map(),
    windows: new Map(),
    cached: new Map(),
  };
}
