import { expect, test } from "vitest";
import { applyPolicyDefaults } from "../policy/parse-policy.ts";
import { defaultPolicy } from "../policy/policy.ts";
import { loadedFrom } from "./load-texts.ts";
import { parseRepositoryFile } from "./repository-file.ts";
import { layOverRepositoryFile, type WatchedRepository, watchedRepositories } from "./watched-repositories.ts";

function watchedIn(yaml: string): readonly WatchedRepository[] {
  return watchedRepositories(loadedFrom({ files: { "/home/me/talos.yaml": yaml } }).config);
}

test("a repository of which nothing is said has every default", () => {
  expect(watchedIn("ImageUpdateSettings: { Repositories: [{ Url: git@github.com:me/infra.git }] }")).toEqual([
    {
      id: "github.com/me/infra",
      url: "git@github.com:me/infra.git",
      branch: undefined,
      hostType: undefined,
      apiUrl: undefined,
      account: { username: "Talos", token: undefined, identityFile: undefined, knownHostsFile: undefined },
      author: { name: "Talos", email: "talos@example.com" },
      signing: undefined,
      cooldownSeconds: 0,
      createMergeRequests: false,
      commitSubject: "[Talos] Updating images",
      settings: { Glob: undefined, OptIn: undefined, Defaults: undefined },
    },
  ]);
});

test("a repository has the settings of the host it names", () => {
  const [watched] = watchedIn(`
GitSettings: { CommitSubject: update images }
ImageUpdateSettings:
  Hosts:
    other: { Name: nobody }
    lab:
      Type: gitlab
      Name: oauth2
      Token: s3cret
      AuthorName: Talos of the house
      Email: talos@home.example
      ApiUrl: https://git.home.example/api/v4
      IdentityFile: /keys/id
      KnownHostsFile: /keys/known_hosts
      SigningKey: ABCD
      SigningFormat: Gpg
  Repositories:
    - Url: https://git.home.example/me/infra.git
      Host: lab
      Branch: main
      CooldownSeconds: 300
      CreateMergeRequestsForPushes: true
      CommitPrefix: "chore: "
      OptIn: All
`);
  expect(watched?.account.token?.reveal()).toBe("s3cret");
  expect(watched).toMatchObject({
    id: "git.home.example/me/infra#main",
    branch: "main",
    hostType: "GitLab",
    apiUrl: "https://git.home.example/api/v4",
    account: { username: "oauth2", identityFile: "/keys/id", knownHostsFile: "/keys/known_hosts" },
    author: { name: "Talos of the house", email: "talos@home.example" },
    signing: { format: "gpg", key: "ABCD" },
    cooldownSeconds: 300,
    createMergeRequests: true,
    commitSubject: "chore: update images",
    settings: { OptIn: "All" },
  });
});

test.each([
  ["Name: me", "me", "me"],
  ["Name: me, Username: oauth2", "oauth2", "me"],
  ["Name: oauth2, AuthorName: Me", "oauth2", "Me"],
])("a host of { %s } signs in as %s and commits as %s", (host, username, author) => {
  const [watched] = watchedIn(
    `ImageUpdateSettings: { Hosts: { a: { ${host} } }, Repositories: [{ Url: /srv/a, Host: a }] }`,
  );
  expect([watched?.account.username, watched?.author.name]).toEqual([username, author]);
});

test("an id holds no blanks", () => {
  const [watched] = watchedIn(`ImageUpdateSettings: { Repositories: [{ Url: "/srv/my stacks", Branch: main }] }`);
  expect(watched?.id).toBe("/srv/my%20stacks#main");
});

test("what is set here wins over the repository's own file, key by key", () => {
  const [watched] = watchedIn(`
ImageUpdateSettings:
  Repositories:
    - Url: /srv/a
      OptIn: All
      Glob: { DockerCompose: {} }
      Defaults: { Bump: minor, strategy: { digest: skip } }
`);
  const file = parseRepositoryFile(
    "OptIn: Annotated\nGlob: { Dockerfile: {} }\nDefaults: { bump: major, age: 3d, strategy.major: push }\n",
    ".talos.yaml",
  );
  if (watched === undefined || file.kind === "invalid") throw new Error("not read");
  const settings = layOverRepositoryFile(watched.settings, file.settings);
  expect(settings.OptIn).toBe("All");
  expect(Object.keys(settings.Glob ?? {})).toEqual(["DockerCompose"]);
  const reading = applyPolicyDefaults(settings.Defaults, defaultPolicy);
  expect(reading).toMatchObject({
    kind: "valid",
    policy: { bump: "minor", ageSeconds: 259_200, strategy: { ...defaultPolicy.strategy, digest: "skip" } },
  });
});

test("what is not set here is as the repository's own file says", () => {
  const [watched] = watchedIn("ImageUpdateSettings: { Repositories: [{ Url: /srv/a }] }");
  const file = parseRepositoryFile("OptIn: All\nGlob: { Dockerfile: {} }\nDefaults: { age: 3d }\n", ".talos.yaml");
  if (watched === undefined || file.kind === "invalid") throw new Error("not read");
  expect(layOverRepositoryFile(watched.settings, file.settings)).toEqual({
    Glob: file.settings.Glob,
    OptIn: "All",
    Defaults: file.settings.Defaults,
  });
});
