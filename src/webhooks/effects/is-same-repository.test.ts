import { expect, test } from "vitest";
import { isSameRepository } from "./is-same-repository.ts";

test.each([
  ["https://git.example/me/infra", "https://git.example/me/infra.git"],
  ["https://git.example/me/infra/", "https://git.example/me/infra"],
  ["https://GIT.Example/Me/infra", "https://git.example/me/Infra.git"],
  ["https://git.example:443/me/infra", "https://git.example/me/infra"],
  ["https://ada:secret@git.example/me/infra", "https://git.example/me/infra"],
  ["git@git.example:me/infra.git", "https://git.example/me/infra"],
  ["git.example:me/infra", "ssh://git@git.example/me/infra.git"],
  ["ssh://git@git.example:2222/me/infra.git", "http://git.example:3000/me/infra"],
  ["ssh://git@git.example:22/me/infra.git", "git@git.example:me/infra"],
  ["https://git.example/forge/me/infra", "https://git.example/forge/me/infra.git"],
])("%s and %s are one repository", (one, other) => {
  expect(isSameRepository(one, other)).toBe(true);
  expect(isSameRepository(other, one)).toBe(true);
});

test.each([
  ["https://git.example/me/infra", "https://git.example/me/infra2"],
  ["https://git.example/me/infra", "https://git.example/me/infra/wiki"],
  ["https://git.example/me/infra", "https://git.example/x/me/infra"],
  ["https://git.example/me/infra", "https://example/me/infra"],
  ["https://git.example/me/infra", "https://git.example.org/me/infra"],
  ["https://git.example:8443/me/infra", "https://git.example/me/infra"],
  ["ssh://git@git.example:2222/me/infra", "git@git.example:me/infra"],
  ["https://git.example/", "https://git.example/"],
  ["/srv/infra.git", "/srv/infra.git"],
  ["file:///srv/infra.git", "file:///srv/infra.git"],
  ["", ""],
])("%s and %s are not", (one, other) => {
  expect(isSameRepository(one, other)).toBe(false);
  expect(isSameRepository(other, one)).toBe(false);
});
