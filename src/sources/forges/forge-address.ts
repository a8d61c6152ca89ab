import { TalosError } from "../../talos-error.ts";
import { withoutSecrets } from "../explain-git-failure.ts";
import type { ForgeType } from "../forge.ts";
import { findRepositoryPlace, type RepositoryPlace } from "./repository-place.ts";

export type ForgeWithApi = Exclude<ForgeType, "Generic">;

/** Where the API of a repository is. */
export interface ForgeAddress {
  /** Without a slash at its end: `https://git.example/api/v4`. */
  readonly root: string;
  readonly host: string;
  /** `group`, `sub`, `project`; of all but GitLab the owner and the name. */
  readonly repository: readonly string[];
}

/**
 * The API at its usual place, or at `apiUrl`. A server below a path of its host (`https://host/gitlab/…`) is recognised
 * by the URL of the repository, but for GitLab, where that path could as well be a group: there `apiUrl` tells.
 */
export function findForgeAddress(type: ForgeWithApi, repositoryUrl: string, apiUrl: string | undefined): ForgeAddress {
  const place = findRepositoryPlace(repositoryUrl);
  if (place === undefined) {
    throw new TalosError("forge-failed", `${withoutSecrets(repositoryUrl)} is no repository of a ${type} server`, {
      hint: "set the Type of its host to Generic, or CreateMergeRequestsForPushes to false",
    });
  }
  const root = apiUrl === undefined ? usualRoot(type, place) : configuredRoot(type, apiUrl);
  const repository = type === "GitLab" ? withoutRoot(place, root) : place.segments.slice(-2);
  return { root, host: new URL(root).host, repository };
}

const suffixes = { GitLab: "/api/v4", GitHub: "/api/v3", Gitea: "/api/v1", Forgejo: "/api/v1" } as const;

function usualRoot(type: ForgeWithApi, { origin, hostname, segments, isWebPath }: RepositoryPlace): string {
  if (type === "GitHub" && (hostname === "github.com" || hostname.endsWith(".ghe.com")))
    return `https://api.${hostname}`;
  const isBelow = isWebPath && (type === "Gitea" || type === "Forgejo");
  const folders = isBelow ? segments.slice(0, -2).map((segment) => `/${encodeURIComponent(segment)}`) : [];
  return `${origin}${folders.join("")}${suffixes[type]}`;
}

/** The server's own address does as well, but for GitHub, whose API may have a host of its own. */
function configuredRoot(type: ForgeWithApi, apiUrl: string): string {
  const url = new URL(apiUrl);
  const path = url.pathname.replace(/\/+$/, "");
  return `${url.origin}${type === "GitHub" || path.endsWith(suffixes[type]) ? path : `${path}${suffixes[type]}`}`;
}

function withoutRoot({ segments, isWebPath }: RepositoryPlace, root: string): readonly string[] {
  const folders = new URL(root).pathname
    .slice(0, -suffixes.GitLab.length)
    .split("/")
    .filter((folder) => folder !== "");
  const isBelow = isWebPath && segments.length > folders.length + 1;
  return isBelow && folders.every((folder, index) => folder === segments[index])
    ? segments.slice(folders.length)
    : segments;
}
