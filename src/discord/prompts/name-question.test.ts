import { expect, test } from "vitest";
import { repositoryName } from "./name-question.ts";

test.each([
  ["github.com/me/infra", "me/infra"],
  ["git.example/group/subgroup/infra", "group/subgroup/infra"],
  ["infra", "infra"],
  ["/srv/infra", "srv/infra"],
  ["/infra/", "infra/"],
  ["/home/ada/very/long/path/of/the/infra", "the/infra"],
  ["file:///srv/git/infra.git", "git/infra.git"],
  ["/", "/"],
])("%s is called %s", (source, name) => {
  expect(repositoryName(source)).toBe(name);
});
