import { expect, test } from "vitest";
import { loadedFrom } from "../config/load-texts.ts";
import { openSources } from "./open-sources.ts";

function open(url: string, host: string, isWanted = true) {
  const repository = `{ Url: ${url}, Host: forge, CreateMergeRequestsForPushes: ${isWanted} }`;
  const text = `ImageUpdateSettings: { Hosts: { forge: ${host} }, Repositories: [${repository}] }`;
  return openSources(loadedFrom({ files: { "/home/me/talos.yaml": text } }).config, () => undefined);
}

test.each([
  ["a server that is known by its name", "https://github.com/me/infra", "{ Token: t }"],
  ["a server whose type is given", "https://git.example/me/infra.git", "{ Type: Forgejo, Token: t }"],
  ["over SSH too", "git@git.example:me/infra.git", "{ Type: GitLab, Token: t }"],
])("merge requests are opened on %s", (_, url, host) => {
  expect(open(url, host)[0]?.forge).toBeDefined();
  expect(open(url, host, false)[0]?.forge).toBeUndefined();
});

test.each([
  ["a server of an unknown kind", "https://git.example/me/infra", "{ Token: t }", "config-invalid"],
  ["a folder", "/srv/infra.git", "{ Type: Gitea, Token: t }", "forge-failed"],
])("merge requests are refused for %s", (_, url, host, code) => {
  expect(() => open(url, host)).toThrow(expect.objectContaining({ code, hint: expect.stringContaining("Type") }));
});
