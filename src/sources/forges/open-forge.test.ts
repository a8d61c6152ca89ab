import { expect, test } from "vitest";
import { createSecret } from "../../telemetry/secret.ts";
import { guessForgeType } from "./guess-forge-type.ts";
import { openForge } from "./open-forge.ts";

const options = { token: createSecret("t"), deadlineSeconds: 1 };

test("a plain git server has no API", () => {
  const repositoryUrl = "https://github.com/a/b";
  expect(openForge({ ...options, type: "Generic", repositoryUrl })).toBeUndefined();
  expect(openForge({ ...options, type: undefined, repositoryUrl: "https://git.example/a/b" })).toBeUndefined();
  expect(openForge({ ...options, type: undefined, repositoryUrl })).toBeDefined();
});

test.each([
  ["https://github.com/a/b", "GitHub"],
  ["git@ssh.github.com:a/b", "GitHub"],
  ["https://github.example/a/b", "GitHub"],
  ["https://gitlab.com/a/b", "GitLab"],
  ["git@gitlab.example:a/b.git", "GitLab"],
  ["https://codeberg.org/a/b", "Forgejo"],
  ["https://gitea.home.arpa:3000/a/b", "Gitea"],
  ["https://git.example/gitlab.com/b", "Generic"],
  ["https://notgithub.com/a/b", "Generic"],
  ["/srv/gitlab.com/a.git", "Generic"],
])("%s is taken for %s", (url, type) => {
  expect(guessForgeType(url)).toBe(type);
});
