import { expect, test } from "vitest";
import { TalosError } from "../../talos-error.ts";
import { type ForgeWithApi, findForgeAddress } from "./forge-address.ts";

const addresses: readonly (readonly [ForgeWithApi, string, string | undefined, string, string])[] = [
  ["GitLab", "https://gitlab.com/home/project", undefined, "https://gitlab.com/api/v4", "home/project"],
  ["GitLab", "https://gitlab.com/group/sub/project.git/", undefined, "https://gitlab.com/api/v4", "group/sub/project"],
  ["GitLab", "https://me:pw@git.example:8443/a/b.git", undefined, "https://git.example:8443/api/v4", "a/b"],
  ["GitLab", "git@git.example:group/sub/x.git", undefined, "https://git.example/api/v4", "group/sub/x"],
  ["GitLab", "git@git.example:/a/b", undefined, "https://git.example/api/v4", "a/b"],
  ["GitLab", "ssh://git@git.example:2222/a/b.git", undefined, "https://git.example/api/v4", "a/b"],
  ["GitLab", "ssh://git@altssh.gitlab.com:443/a/b.git", undefined, "https://gitlab.com/api/v4", "a/b"],
  ["GitLab", "https://host/gitlab/a/b.git", "https://host/gitlab/api/v4", "https://host/gitlab/api/v4", "a/b"],
  ["GitLab", "https://host/gitlab/a/b.git", "https://host/gitlab/", "https://host/gitlab/api/v4", "a/b"],
  ["GitLab", "git@host:gitlab/b.git", "https://host/gitlab", "https://host/gitlab/api/v4", "gitlab/b"],
  ["GitLab", "https://host/a/b.git", "http://gitlab:8080", "http://gitlab:8080/api/v4", "a/b"],
  ["GitHub", "https://github.com/home/project.git", undefined, "https://api.github.com", "home/project"],
  ["GitHub", "git@github.com:home/project.git", undefined, "https://api.github.com", "home/project"],
  ["GitHub", "ssh://git@ssh.github.com:443/home/project.git", undefined, "https://api.github.com", "home/project"],
  ["GitHub", "https://acme.ghe.com/home/project", undefined, "https://api.acme.ghe.com", "home/project"],
  ["GitHub", "https://git.example/home/project", undefined, "https://git.example/api/v3", "home/project"],
  ["GitHub", "https://git.example/a/b", "https://api.git.example/", "https://api.git.example", "a/b"],
  ["Gitea", "https://git.example/home/project", undefined, "https://git.example/api/v1", "home/project"],
  ["Gitea", "https://host:3000/git/home/project.git", undefined, "https://host:3000/git/api/v1", "home/project"],
  ["Gitea", "git@host:home/project.git", "https://host/git", "https://host/git/api/v1", "home/project"],
  ["Forgejo", "git@codeberg.org:home/project.git", undefined, "https://codeberg.org/api/v1", "home/project"],
  ["Forgejo", "http://127.0.0.1:3000/home/my%20project", undefined, "http://127.0.0.1:3000/api/v1", "home/my project"],
];

test.each(addresses)("%s of %s, ApiUrl %s", (type, url, apiUrl, root, repository) => {
  const address = findForgeAddress(type, url, apiUrl);
  expect([address.root, address.repository.join("/")]).toEqual([root, repository]);
});

const nowhere = ["/srv/git/x.git", "file:///srv/git/x.git", "./x", "https://host/alone", "git@host:a/%2e%2e"];

test.each(nowhere)("%s is no repository of a forge", (url) => {
  expect(() => findForgeAddress("GitLab", url, undefined)).toThrow(TalosError);
});

test("what stands before the host is not told", () => {
  expect(() => findForgeAddress("Gitea", "https://me:s3cret@host/alone", undefined)).toThrow(
    /^https:\/\/host\/alone is no/,
  );
});
