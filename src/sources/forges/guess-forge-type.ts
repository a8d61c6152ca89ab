import type { ForgeType } from "../forge.ts";
import { findRepositoryPlace } from "./repository-place.ts";

/** By the name of the host. Generic where it tells nothing: a token is sent to no API that is only supposed to be one. */
export function guessForgeType(repositoryUrl: string): ForgeType {
  const hostname = findRepositoryPlace(repositoryUrl)?.hostname ?? "";
  return hosts.find(({ pattern }) => pattern.test(hostname))?.type ?? "Generic";
}

const hosts: readonly { readonly pattern: RegExp; readonly type: ForgeType }[] = [
  { pattern: /^github\.com$|\.ghe\.com$|^github\./, type: "GitHub" },
  { pattern: /^gitlab\./, type: "GitLab" },
  { pattern: /^codeberg\.org$|^forgejo\./, type: "Forgejo" },
  { pattern: /^gitea\./, type: "Gitea" },
];
