import type { ForgeType } from "../forge.ts";
import { findRepositoryPlace } from "./repository-place.ts";

/** The page of a commit; undefined where there is none that one could know. */
export function commitUrl(type: ForgeType, repositoryUrl: string, commit: string): string | undefined {
  const place = findRepositoryPlace(repositoryUrl);
  if (place === undefined || type === "Generic") return undefined;
  const path = place.segments.map(encodeURIComponent).join("/");
  return `${place.origin}/${path}/${type === "GitLab" ? "-/commit" : "commit"}/${commit}`;
}
