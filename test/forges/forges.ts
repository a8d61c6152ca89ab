import type { Forge } from "../../src/sources/forge.ts";
import type { ForgeWithApi } from "../../src/sources/forges/forge-address.ts";
import { type ForgeOptions, openForge } from "../../src/sources/forges/open-forge.ts";
import { createSecret } from "../../src/telemetry/secret.ts";
import { type FakeApi, type FakeForge, token } from "./fake-forge.ts";
import { fakeGitea } from "./fake-gitea.ts";
import { fakeGithub } from "./fake-github.ts";
import { fakeGitlab } from "./fake-gitlab.ts";

export interface ForgeKind {
  readonly type: ForgeWithApi;
  readonly api: FakeApi;
  /** Of the repository, from the origin. */
  readonly path: string;
}

export const kinds: readonly ForgeKind[] = [
  { type: "GitLab", api: fakeGitlab("group/sub/project"), path: "/group/sub/project.git" },
  { type: "GitHub", api: fakeGithub("home", "project"), path: "/home/project.git" },
  { type: "Gitea", api: fakeGitea("home", "project"), path: "/home/project" },
  {
    type: "Forgejo",
    api: fakeGitea("home", "project", { filtersTarget: false, root: "/git" }),
    path: "/git/home/project",
  },
];

/** As Talos would open it, for a repository of that fake. */
export function openFake({ type, path }: ForgeKind, { origin }: FakeForge, changes: Partial<ForgeOptions> = {}): Forge {
  const forge = openForge({
    type,
    repositoryUrl: `${origin}${path}`,
    token: createSecret(token),
    deadlineSeconds: 10,
    ...changes,
  });
  if (forge === undefined) throw new Error(`${type} has no API`);
  return forge;
}
