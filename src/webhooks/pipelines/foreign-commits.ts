import type { Cache, Store } from "../../store/store.ts";

/** Commits that were looked at and are not ours: each is looked at once, however many pipelines it has. */
export function openForeign(store: Store): Cache {
  return store.cache("foreign-commit");
}

export function foreignKey(source: string, commit: string): string {
  return `${source} ${commit}`;
}

export const foreignSeconds = 7 * 86_400;
