import { expect, test } from "vitest";
import { findNotes } from "./find-notes.ts";

const releases = (url: string) => ({ text: "Release notes", url });
const page = (url: string) => ({ text: "Project page", url });

test.each([
  [{ source: "https://github.com/nginx/nginx" }, releases("https://github.com/nginx/nginx/releases")],
  [{ source: "https://github.com/nginx/nginx.git" }, releases("https://github.com/nginx/nginx/releases")],
  [{ source: "git+https://github.com/a/b/tree/main/c" }, releases("https://github.com/a/b/releases")],
  [{ source: "https://gitlab.com/group/sub/project" }, releases("https://gitlab.com/group/sub/project/-/releases")],
  [{ source: "https://gitlab.me.org/a/b/-/tree/x" }, releases("https://gitlab.me.org/a/b/-/releases")],
  [{ source: "https://codeberg.org/forgejo/forgejo" }, releases("https://codeberg.org/forgejo/forgejo/releases")],
  [{ source: "https://gitea.me.org/a/b" }, releases("https://gitea.me.org/a/b/releases")],
  [{ source: "https://git.me.org/a/b", url: "https://github.com/a/b" }, releases("https://github.com/a/b/releases")],
  [{ source: "https://git.me.org/a/b" }, page("https://git.me.org/a/b")],
  [{ url: "https://example.org/", documentation: "https://docs.example.org/" }, page("https://example.org/")],
  [{ documentation: "https://docs.example.org/" }, page("https://docs.example.org/")],
  [{ source: "https://github.com/owner" }, page("https://github.com/owner")],
  [{ source: "https://ada:secret@github.com/a/b" }, releases("https://github.com/a/b/releases")],
  [{ source: "https://notgitlab.com/a/b" }, page("https://notgitlab.com/a/b")],
  [{ source: "git@github.com:a/b.git" }, undefined],
  [{ source: "javascript:alert(1)" }, undefined],
  [{ source: `https://example.org/${"a".repeat(300)}` }, undefined],
  [{}, undefined],
])("An image whose labels say %j.", (named, expected) => {
  const labels = Object.entries(named).map(([name, value]) => [`org.opencontainers.image.${name}`, value]);
  expect(findNotes(Object.fromEntries(labels))).toEqual(expected);
});
