import { expect, test } from "vitest";
import { commitUrl } from "./commit-url.ts";
import { guessForgeType } from "./guess-forge-type.ts";

test.each([
  ["https://gitlab.com/a/b/c.git", "GitLab", "https://gitlab.com/a/b/c/-/commit/1f"],
  ["http://gitlab.lan:8080/a/b/", "GitLab", "http://gitlab.lan:8080/a/b/-/commit/1f"],
  ["ssh://git@GitLab.example.com:2222/a/b.git", "GitLab", "https://gitlab.example.com/a/b/-/commit/1f"],
  ["git@github.com:a/b.git", "GitHub", "https://github.com/a/b/commit/1f"],
  ["ssh://git@ssh.github.com:443/a/b.git", "GitHub", "https://github.com/a/b/commit/1f"],
  ["https://user@github.com/a/b", "GitHub", "https://github.com/a/b/commit/1f"],
  ["https://codeberg.org/a/b", "Forgejo", "https://codeberg.org/a/b/commit/1f"],
  ["https://forgejo.example.com/a/b", "Forgejo", "https://forgejo.example.com/a/b/commit/1f"],
  ["git@gitea.lan:/a/b.git", "Gitea", "https://gitea.lan/a/b/commit/1f"],
  ["https://git.example.com/gitlab.com/b", "Generic", undefined],
  ["https://notgithub.com/a/b", "Generic", undefined],
  ["/srv/git/gitlab.git", "Generic", undefined],
  ["~/gitlab.git", "Generic", undefined],
  ["file:///srv/git/a.git", "Generic", undefined],
])("%s is of %s", (url, type, page) => {
  expect(guessForgeType(url)).toBe(type);
  expect(commitUrl(guessForgeType(url), url, "1f")).toBe(page);
});

test("a configured type has pages at any host, but not on this machine", () => {
  expect(commitUrl("Gitea", "https://git.example.com/a/b", "1f")).toBe("https://git.example.com/a/b/commit/1f");
  expect(commitUrl("Gitea", "/srv/git/a.git", "1f")).toBeUndefined();
});
