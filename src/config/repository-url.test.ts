import { expect, test } from "vitest";
import { normaliseRepositoryUrl, parseRepositoryUrl } from "./repository-url.ts";

test.each([
  "https://gitlab.com/a/b",
  "http://git.lan:3000/a/b.git",
  "ssh://git@host:2222/a/b",
  "git@github.com:a/b.git",
  "file:///srv/git/a",
  "/srv/git/a",
  "./a",
  ".",
])("%s is accepted", (text) => {
  expect(parseRepositoryUrl(text)).toEqual({ kind: "url", url: text });
});

test.each(["", "my repo", "gitlab.com/a/b", "ftp://x/a", "https://token@github.com/a/b", "ssh://a:b@host/c"])(
  "%j is refused",
  (text) => {
    expect(parseRepositoryUrl(text).kind).toBe("invalid");
  },
);

test("a refusal does not repeat a token", () => {
  expect(JSON.stringify(parseRepositoryUrl("https://me:hunter2@host/a"))).not.toContain("hunter2");
  expect(JSON.stringify(parseRepositoryUrl("htps://me:hunter2@host/a"))).not.toContain("hunter2");
});

test.each([
  ["https://GitLab.com/a/b.git/", "gitlab.com/a/b"],
  ["https://gitlab.com:443/a/b", "gitlab.com/a/b"],
  ["git@gitlab.com:a/b.git", "gitlab.com/a/b"],
  ["ssh://git@gitlab.com:22/a/b", "gitlab.com/a/b"],
  ["http://git.lan:3000/a/b", "git.lan:3000/a/b"],
  ["/srv/git/a.git/", "/srv/git/a"],
  ["https://gitlab.com/A/b", "gitlab.com/A/b"],
])("%s is the repository %s", (text, identity) => {
  expect(normaliseRepositoryUrl(text)).toBe(identity);
});
