import fc from "fast-check";
import { expect, test } from "vitest";
import { faultsOf, loadedFrom, loadTexts, noticesOf } from "./load-texts.ts";

/** Faults of a `talos.yaml` in the current folder. */
function faultsOfYaml(text: string): readonly string[] {
  return faultsOf({ files: { "/home/me/talos.yaml": text }, checkYamlPath });
}

function checkYamlPath(path: string): string | undefined {
  return path.includes("[[") ? "has a bracket too many" : undefined;
}

const hosts = "Hosts: {gitlab: {Type: GitLab}}";
const noKey =
  "the private key to sign in with; without one the host cannot be reached, and this machine's engine is never taken instead";
const key = `ssh-ed25519 ${Buffer.from(`\0\0\0\vssh-ed25519\0\0\0\x20${"k".repeat(32)}`).toString("base64")}`;

test.each([
  // What is not known.
  [
    "ImageUpdateSetings: {}",
    "ImageUpdateSetings: is not a setting; did you mean `ImageUpdateSettings`? (talos.yaml:1)",
  ],
  ["ApiSettings:\n  Prt: 80", "ApiSettings.Prt: is not a setting; did you mean `Port`? (talos.yaml:2)"],
  [
    "GitSettings: {Whatever: 1}",
    "GitSettings.Whatever: is not a setting; known are `WorkDirectory`, `CommitSubject` (talos.yaml:1)",
  ],
  [
    "UpdateThrottlingSettings: {Domains: {docker.io: {limits: 5}}}",
    'UpdateThrottlingSettings.Domains["docker.io"].limits: is not a setting; did you mean `Limit`? (talos.yaml:1)',
  ],
  [
    "ImageUpdateSettings: {Repositories: [{Url: /a, Brnch: b}]}",
    "ImageUpdateSettings.Repositories[0].Brnch: is not a setting; did you mean `Branch`? (talos.yaml:1)",
  ],
  // What has the wrong shape.
  [
    "ApiSettings: 5",
    "ApiSettings: must be a section with keys (Enabled, Address, Port, BaseUrl, PublicMetrics, TrustedProxies, UserAccess, SecretKey, …), not a single value (talos.yaml:1)",
  ],
  [
    "ApiSettings: [1]",
    "ApiSettings: must be a section with keys (Enabled, Address, Port, BaseUrl, PublicMetrics, TrustedProxies, UserAccess, SecretKey, …), not a list (talos.yaml:1)",
  ],
  [
    "RegistrySettings: {Domains: [docker.io]}",
    "RegistrySettings.Domains: must be a map from names to settings, not a list (talos.yaml:1)",
  ],
  ["DataDirectory: {a: b}", "DataDirectory: must be a single value, not a map (talos.yaml:1)"],
  ["DataDirectory: [a]", "DataDirectory: must be a single value, not a list (talos.yaml:1)"],
  [
    "ImageUpdateSettings: {Repositories: [x]}",
    "ImageUpdateSettings.Repositories[0]: must be a section with keys (Url, Host, Branch, CreateMergeRequestsForPushes, CooldownSeconds, CommitPrefix, Glob, OptIn, …), not a single value (talos.yaml:1)",
  ],
  ["apisettings: {}\nApiSettings: {}", "ApiSettings: is there twice; keep one (talos.yaml:2)"],
  // Values.
  [
    "RedisSettings: {Endpoint: 'redis:port,password=hunter2'}",
    "RedisSettings.Endpoint: must have a port from 1 to 65535 (talos.yaml:1)",
  ],
  [
    "RedisSettings: {Endpoint: 'redis:26379,serviceName=main'}",
    "RedisSettings.Endpoint: asks a sentinel (`serviceName`); name the Redis server itself (talos.yaml:1)",
  ],
  ["ApiSettings: {Port: web}", "ApiSettings.Port: must be a whole number from 1 to 65535, not `web` (talos.yaml:1)"],
  [
    "ApiSettings: {Port: 70000}",
    "ApiSettings.Port: must be a whole number from 1 to 65535, not `70000` (talos.yaml:1)",
  ],
  [
    "CommandSettings: {DefaultTimeoutSeconds: 0}",
    "CommandSettings.DefaultTimeoutSeconds: must be a whole number of 1 or more, not `0` (talos.yaml:1)",
  ],
  [
    "CommandSettings: {DefaultTimeoutSeconds: 1.5}",
    "CommandSettings.DefaultTimeoutSeconds: must be a whole number of 1 or more, not `1.5` (talos.yaml:1)",
  ],
  ["ApiSettings: {Enabled: perhaps}", "ApiSettings.Enabled: must be true or false, not `perhaps` (talos.yaml:1)"],
  [
    "RegistrySettings: {Domains: {docker.io: {Endpoint: 'https://me:hunter2@mirror.example'}}}",
    'RegistrySettings.Domains["docker.io"].Endpoint: must not hold a user name or password: set them as Username and Password (talos.yaml:1)',
  ],
  [
    "ApiSettings: {BaseUrl: 'https://me:hunter2@talos.example.com'}",
    "ApiSettings.BaseUrl: must not hold a user name or password: it is shown (talos.yaml:1)",
  ],
  [
    'ImageUpdateSettings: {Hosts: {a: {IdentityFile: "-----BEGIN OPENSSH PRIVATE KEY-----\\nhunter2\\n"}}}',
    "ImageUpdateSettings.Hosts.a.IdentityFile: must be the path of the key's file, not the key itself (talos.yaml:1)",
  ],
  [
    'ImageUpdateSettings: {Hosts: {a: {SigningKey: "-----BEGIN OPENSSH PRIVATE KEY-----\\nhunter2\\n"}}}',
    "ImageUpdateSettings.Hosts.a.SigningKey: must be the path of the key's file, not the key itself (talos.yaml:1)",
  ],
  ...["nas", "10.0.0.0/33", "10.0.0.1/", "::/129", "10.0.0.0/8/8", "/8"].map((network) => [
    `ApiSettings: {TrustedProxies: ["${network}"]}`,
    `ApiSettings.TrustedProxies[0]: must be an address, or a network such as 172.16.0.0/12, not \`${network}\` (talos.yaml:1)`,
  ]),
  [
    "ApiSettings: {UserHeader: 'Remote User'}",
    "ApiSettings.UserHeader: must be the name of a header such as Remote-User, not `Remote User` (talos.yaml:1)",
  ],
  [
    "ApiSettings: {BaseUrl: talos.example.com}",
    "ApiSettings.BaseUrl: must be a URL such as https://talos.example.com, not `talos.example.com` (talos.yaml:1)",
  ],
  [
    "RegistrySettings: {CacheDuration: 15}",
    "RegistrySettings.CacheDuration: needs a unit: `15s`, `15m`, `15h` or `15d` (talos.yaml:1)",
  ],
  [
    "RegistrySettings: {CacheDuration: soon}",
    "RegistrySettings.CacheDuration: must be a duration such as `15m`, `12h` or `3d`, not `soon` (talos.yaml:1)",
  ],
  [
    "DockerSettings: {Hosts: {nas: {DockerVersion: V3}}}",
    "DockerSettings.Hosts.nas.DockerVersion: must be V1 or V2, not `V3` (talos.yaml:1)",
  ],
  [
    "ImageUpdateSettings: {Hosts: {x: {Type: Bitbucket}}}",
    "ImageUpdateSettings.Hosts.x.Type: must be GitLab, GitHub, Gitea, Forgejo or Generic, not `Bitbucket` (talos.yaml:1)",
  ],
  [
    "UpdateThrottlingSettings: {Domains: {x: {Limit: 1, Per: Year}}}",
    "UpdateThrottlingSettings.Domains.x.Per: must be Second, Minute, Hour, Day, Week, Month or a number of seconds, not `Year` (talos.yaml:1)",
  ],
  [
    "UpdateThrottlingSettings: {Domains: {x: {Limit: -1}}}",
    "UpdateThrottlingSettings.Domains.x.Limit: must be a whole number of 0 or more, not `-1` (talos.yaml:1)",
  ],
  [
    "DiscordSettings: {GuildId: home}",
    'DiscordSettings.GuildId: must be the number Discord shows under "Copy ID", not `home` (talos.yaml:1)',
  ],
  [
    "DiscordSettings: {Access: {Admin: {Roles: [5, 0]}}}",
    'DiscordSettings.Access.Admin.Roles[1]: must be the number Discord shows under "Copy ID", not `0` (talos.yaml:1)',
  ],
  [
    "DiscordSettings: {BotToken: Bot abc, GuildId: 5, ChannelId: 5}",
    "DiscordSettings.BotToken: must be the token alone, without `Bot` before it (talos.yaml:1)",
  ],
  [
    'DiscordSettings: {BotToken: "hunter2\\n", GuildId: 5, ChannelId: 5}',
    "DiscordSettings.BotToken: must be the bot's token on a single line, without blanks (talos.yaml:1)",
  ],
  [
    "DiscordSettings: {ApiUrl: https://discord.com/api/v10}",
    "DiscordSettings.ApiUrl: must be without the version: https://discord.com/api (talos.yaml:1)",
  ],
  [
    "DockerSettings: {Hosts: {the nas: {}}}",
    'DockerSettings.Hosts["the nas"]: must be named without blanks, as people pick it by this name (talos.yaml:1)',
  ],
  [
    "DockerSettings: {Hosts: {-nas: {}}}",
    "DockerSettings.Hosts.-nas: must have a name that does not begin with `-` (talos.yaml:1)",
  ],
  [
    `DockerSettings: {Hosts: {${"n".repeat(101)}: {}}}`,
    `DockerSettings.Hosts.${"n".repeat(101)}: must have a name of at most 100 characters (talos.yaml:1)`,
  ],
  ["DockerSettings: {Hosts: {nas: {}, NAS: {}}}", "DockerSettings.Hosts.NAS: is there twice; keep one (talos.yaml:1)"],
  [
    "DockerSettings: {Hosts: {nas: {Socket: docker.sock}}}",
    "DockerSettings.Hosts.nas.Socket: must be an absolute path such as /var/run/docker.sock, not `docker.sock` (talos.yaml:1)",
  ],
  [
    "DockerSettings: {Hosts: {nas: {Socket: unix:///run/docker.sock}}}",
    "DockerSettings.Hosts.nas.Socket: must be an absolute path such as /var/run/docker.sock, not `unix:///run/docker.sock` (talos.yaml:1)",
  ],
  [
    "DockerSettings: {Hosts: {nas: {SSHConfig: {Host: nas, IdentityFile: k, HostKey: ssh-ed25519 AAAA}}}}",
    "DockerSettings.Hosts.nas.SSHConfig.HostKey: must be one public key such as `ssh-ed25519 AAAA…`: this key is not whole (talos.yaml:1)",
  ],
  [
    "Notifications: [{Kinds: [Pushd]}]",
    "Notifications[0].Kinds[0]: must be UpdateAvailable, Pushed, Failed, DeadLettered, Held, GroupIncomplete, Pipeline or ScanError, not `Pushd` (talos.yaml:1)",
  ],
  [
    "TracingSettings: {Protocol: Http}",
    "TracingSettings.Protocol: must be Grpc or HttpProtobuf, not `Http` (talos.yaml:1)",
  ],
  [
    "ImageUpdateSettings: {Schedule: {Type: Weekly}}",
    "ImageUpdateSettings.Schedule.Type: must be Delay or Cron, not `Weekly` (talos.yaml:1)",
  ],
  [
    "ImageUpdateSettings: {Schedule: {Type: Cron, Expression: 4am}}",
    "ImageUpdateSettings.Schedule.Expression: must be five fields such as `0 4 * * *`, not `4am` (talos.yaml:1)",
  ],
  [
    "ImageUpdateSettings: {Schedule: {TimeZone: Mars}}",
    "ImageUpdateSettings.Schedule.TimeZone: must be a time zone such as Europe/Berlin, not `Mars` (talos.yaml:1)",
  ],
  [
    "LogSettings: {Level: loud}",
    "LogSettings.Level: must be Trace, Debug, Information, Warning, Error or Fatal, not `loud` (talos.yaml:1)",
  ],
  // Repositories.
  [
    "ImageUpdateSettings:\n  Repositories:\n    - Branch: main",
    "ImageUpdateSettings.Repositories[0].Url: is missing: the URL of the git repository (https, ssh, file) or a path (talos.yaml:3)",
  ],
  [
    "ImageUpdateSettings: {Repositories: [{Url: my repo}]}",
    "ImageUpdateSettings.Repositories[0].Url: must be the URL of a git repository (https://…, ssh://…, git@host:path) or a path, not `my repo` (talos.yaml:1)",
  ],
  [
    "ImageUpdateSettings: {Repositories: [{Url: https://me:token@example.com/a}]}",
    "ImageUpdateSettings.Repositories[0].Url: must not hold a user name or token: set them as Name and Token of a host in ImageUpdateSettings.Hosts, and name it as Host (talos.yaml:1)",
  ],
  [
    `ImageUpdateSettings: {${hosts}, Repositories: [{Url: /a, Host: gitlb}]}`,
    "ImageUpdateSettings.Repositories[0].Host: names `gitlb`, which is not in ImageUpdateSettings.Hosts; did you mean `gitlab`? (talos.yaml:1)",
  ],
  [
    "ImageUpdateSettings: {Repositories: [{Url: /a, Host: x}]}",
    "ImageUpdateSettings.Repositories[0].Host: names `x`, which is not in ImageUpdateSettings.Hosts; none is defined there (talos.yaml:1)",
  ],
  [
    "ImageUpdateSettings:\n  Repositories:\n    - Url: https://x.org/a.git\n    - Url: git@X.org:a",
    "ImageUpdateSettings.Repositories[1].Url: is the same repository and branch as ImageUpdateSettings.Repositories[0]; keep one of them (talos.yaml:4)",
  ],
  [
    "ImageUpdateSettings: {Repositories: [{Url: /a, OptIn: Some}]}",
    "ImageUpdateSettings.Repositories[0].OptIn: must be Annotated or All, not `Some` (talos.yaml:1)",
  ],
  [
    "ImageUpdateSettings: {Repositories: [{Url: /a, Glob: {Dockerfile: {IncludeGlobs: [../x]}}}]}",
    "ImageUpdateSettings.Repositories[0].Glob.Dockerfile.IncludeGlobs[0]: is no glob: The glob ../x leads out of the source; write it from the source's root. (talos.yaml:1)",
  ],
  [
    "ImageUpdateSettings: {Repositories: [{Url: /a, Glob: {Yaml: {AncestorPath: 'a[[b'}}}]}",
    "ImageUpdateSettings.Repositories[0].Glob.Yaml[0].AncestorPath: has a bracket too many (talos.yaml:1)",
  ],
  [
    "ImageUpdateSettings:\n  Repositories:\n    - Url: /a\n      Defaults:\n        bump: huge",
    "ImageUpdateSettings.Repositories[0].Defaults: `bump` must be digest, patch, minor or major, not `huge` (talos.yaml:5)",
  ],
  [
    "ImageUpdateSettings: {Repositories: [{Url: /a, Branch: --force}]}",
    "ImageUpdateSettings.Repositories[0].Branch: must be the name of a branch such as main, not `--force` (talos.yaml:1)",
  ],
  [
    "ImageUpdateSettings: {Repositories: [{Url: /a, Branch: refs/heads/main}]}",
    "ImageUpdateSettings.Repositories[0].Branch: must be the name of a branch such as main, not `refs/heads/main` (talos.yaml:1)",
  ],
  // Settings that need one another.
  [
    "ImageUpdateSettings: {Repositories: [{Url: /a, CreateMergeRequestsForPushes: true}]}",
    "ImageUpdateSettings.Repositories[0].CreateMergeRequestsForPushes: needs a Host with a Token, to sign in to the server's API (talos.yaml:1)",
  ],
  [
    `ImageUpdateSettings: {${hosts}, Repositories: [{Url: /a, Host: gitlab, CreateMergeRequestsForPushes: true}]}`,
    "ImageUpdateSettings.Repositories[0].CreateMergeRequestsForPushes: needs ImageUpdateSettings.Hosts.gitlab.Token, to sign in to the server's API (talos.yaml:1)",
  ],
  [
    "ImageUpdateSettings: {Hosts: {x: {Type: generic, Token: t}}, Repositories: [{Url: /a, Host: x, CreateMergeRequestsForPushes: yes}]}",
    "ImageUpdateSettings.Repositories[0].CreateMergeRequestsForPushes: needs a server with merge requests, and the Type of ImageUpdateSettings.Hosts.x is Generic (talos.yaml:1)",
  ],
  [
    "DockerSettings: {Hosts: {nas: {SSHConfig: {Host: nas}}}}",
    `DockerSettings.Hosts.nas.SSHConfig.IdentityFile: is missing: ${noKey} (talos.yaml:1)`,
  ],
  [
    "DockerSettings: {Hosts: {nas: {SSHConfig: {Host: nas, IdentityFile: k, Password: p}}}}",
    "DockerSettings.Hosts.nas.SSHConfig.Password: is refused: hosts are reached with keys; remove it and set IdentityFile (talos.yaml:1)",
  ],
  [
    "DockerSettings: {Hosts: {nas: {SSHConfig: {Host: nas, IdentityFile: ''}}}}",
    `DockerSettings.Hosts.nas.SSHConfig.IdentityFile: is missing: ${noKey} (talos.yaml:1)`,
  ],
  [
    `DockerSettings: {Hosts: {nas: {SSHConfig: {Host: nas, IdentityFile: k, KnownHostsFile: f, HostKey: ${key}}}}}`,
    "DockerSettings.Hosts.nas.SSHConfig.KnownHostsFile: has no effect beside DockerSettings.Hosts.nas.SSHConfig.HostKey; keep one of them (talos.yaml:1)",
  ],
  [
    "Notifications: [{Kinds: [Pushed]}, {ChannelId: 7, Kinds: [Held]}]\nDiscordSettings: {BotToken: t, GuildId: 5, ChannelId: 7}",
    "Notifications[1]: is for the same channel as Notifications[0]; put their Kinds together (talos.yaml:1)",
  ],
  [
    "DiscordSettings: {BotToken: t, GuildId: 5}",
    "DiscordSettings.ChannelId: is missing: a bot token is set, and the bot needs to know where it belongs (talos.yaml:1)",
  ],
  [
    "TracingSettings: {Enabled: true}",
    "TracingSettings.Endpoint: is missing: tracing is enabled and needs to know where to (talos.yaml:1)",
  ],
  [
    "ImageUpdateSettings: {Schedule: {Type: cron}}",
    "ImageUpdateSettings.Schedule.Expression: is missing: a schedule of type Cron needs one, such as `0 4 * * *` (talos.yaml:1)",
  ],
  [
    "SkopeoSettings: {CacheDurationHours: 4, CacheDurationVarianceHours: 4}",
    "SkopeoSettings.CacheDurationVarianceHours: must be smaller than CacheDurationHours, which is 4; or remove it, as it has no effect (talos.yaml:1)",
  ],
  // Files.
  [
    "a: [",
    "talos.yaml:1:5: This is not valid YAML: flow sequence in block collection must be sufficiently indented and end with a ]. Indent it like its neighbours.",
  ],
  ["DataDirectory: a\nDataDirectory: b", "DataDirectory: is there twice; keep one (talos.yaml:2)"],
  ["- a", "talos.yaml: must hold sections such as ImageUpdateSettings, not a list"],
  [
    "&a [*a]",
    "talos.yaml:1:5: The alias *a means nothing: it stands inside its own anchor. Correct the name, or put quotes around the text.",
  ],
  [
    "DataDirectory: {File: /run/secrets/none}",
    "DataDirectory: is to be read from /run/secrets/none, which does not exist (talos.yaml:1)",
  ],
])("%j is told as: %s", (text, fault) => {
  expect(faultsOfYaml(text)).toEqual([fault]);
});

test.each(["-oProxyCommand=x", "na s", "me@nas", "ssh://nas", "nas:22", "na\0s", "nas;id", "$(id)"])(
  "%j is no host of SSH",
  (host) => {
    const text = JSON.stringify({ DockerSettings: { Hosts: { a: { SSHConfig: { IdentityFile: "k", Host: host } } } } });
    const problem = "must be a name or an address alone (Port and User are settings of their own)";
    expect(faultsOfYaml(text)).toEqual([
      `DockerSettings.Hosts.a.SSHConfig.Host: ${problem}, not \`${host}\` (talos.yaml:1)`,
    ]);
  },
);

test.each(["-l", "me and you", "me;id", "@nas"])("%j is no user of SSH", (user) => {
  const ssh = { IdentityFile: "k", Host: "nas", User: user };
  const text = JSON.stringify({ DockerSettings: { Hosts: { a: { SSHConfig: ssh } } } });
  expect(faultsOfYaml(text)).toEqual([
    `DockerSettings.Hosts.a.SSHConfig.User: must be the name of a user, not \`${user}\` (talos.yaml:1)`,
  ]);
});

test("all faults are told at once", () => {
  const text = `ApiSettings: {Port: x, Prt: 1}
ImageUpdateSettings: {Repositories: [{Host: a}, 5, {Url: /b, CooldownSeconds: x}]}
`;
  expect(faultsOfYaml(text).map((line) => line.split(":")[0])).toEqual([
    "ApiSettings.Prt",
    "ImageUpdateSettings.Repositories[1]",
    "ImageUpdateSettings.Repositories[0].Url",
    "ImageUpdateSettings.Repositories[2].CooldownSeconds",
    "ApiSettings.Port",
    "ImageUpdateSettings.Repositories[0].Host",
  ]);
});

test("a fault in a variable names the variable", () => {
  const environment = { apisettings__PORT: "x", GitSettings__WorkDir: "y", PORT: "z", Other__Prt: "1" };
  expect(faultsOf({ environment })).toEqual([
    "GitSettings.WorkDir: is not a setting; did you mean `WorkDirectory`? (variable GitSettings__WorkDir)",
    "ApiSettings.Port: must be a whole number from 1 to 65535, not `x` (variable apisettings__PORT)",
  ]);
});

test("two variables for one setting are a fault", () => {
  const environment = { DiscordSettings__BotToken: "a", DiscordSettings__BotToken__FILE: "/run/token" };
  expect(faultsOf({ environment })).toContain(
    "DiscordSettings.BotToken.FILE: is set by the variable DiscordSettings__BotToken too; keep one of them (variable DiscordSettings__BotToken__FILE)",
  );
});

test("a fault in JSON has its line, and a key that stands twice is one", () => {
  const json = (text: string) => faultsOf({ files: { "/home/me/talos.json": text } });
  expect(json('{\n  // a comment\n  "ApiSettings": { "Port": "x", },\n}')).toEqual([
    "ApiSettings.Port: must be a whole number from 1 to 65535, not `x` (talos.json:3)",
  ]);
  expect(json('{"DataDirectory": "a",\n "DataDirectory": "b"}')).toEqual([
    'talos.json:2:2: the key "DataDirectory" is there twice; keep one',
  ]);
  expect(json('{\n"Glob": {}\n"CooldownSeconds": 300}')).toEqual(["talos.json:3:1: this is not JSON: comma expected"]);
});

test("a fault in TOML names the file, and what is not TOML its line", () => {
  const toml = (text: string) => faultsOf({ files: { "/home/me/talos.toml": text } });
  expect(toml("[ApiSettings]\nPort = 'x'")).toEqual([
    "ApiSettings.Port: must be a whole number from 1 to 65535, not `x` (talos.toml)",
  ]);
  expect(toml("[ApiSettings]\nPort = ")[0]).toMatch(/^talos\.toml:2:\d+: this is not TOML: /);
});

test("a file that was named must be there", () => {
  expect(faultsOf({ file: "other.yaml" })).toEqual(["other.yaml: this file does not exist"]);
});

test("what has no meaning any more is accepted with a line each", () => {
  const text = `
SkopeoSettings: {CacheDurationHours: 12, CacheDurationVarianceHours: 6, SkopeoCommand: skopeo, SkopeoArguments: [a]}
DockerSettings: {Hosts: {nas: {Host: localhost}}}
Logging: {LogLevel: {Default: Information}}
AllowedHosts: "*"
UpdateThrottlingSettings: {Domains: {ghcr.io: {Per: Day}}}
`;
  expect(noticesOf({ files: { "/home/me/talos.yaml": text } })).toEqual([
    "SkopeoSettings.CacheDurationVarianceHours: has no effect: answers are kept for exactly the duration (talos.yaml:2)",
    "SkopeoSettings.SkopeoCommand: has no effect: Talos asks registries itself (talos.yaml:2)",
    "SkopeoSettings.SkopeoArguments: has no effect: Talos asks registries itself (talos.yaml:2)",
    "DockerSettings.Hosts.nas.Host: has no effect: where a host is, is said by SSHConfig.Host (talos.yaml:3)",
    "Logging: has no effect: what is logged is set by LogSettings.Level (talos.yaml:4)",
    "AllowedHosts: has no effect: Talos answers under any name (talos.yaml:5)",
    'UpdateThrottlingSettings.Domains["ghcr.io"].Limit: is 0: no update of an image from ghcr.io will be delivered (talos.yaml:6)',
  ]);
});

test("what takes Discord's notices or a right from everybody is told", () => {
  const text = `
Notifications: [{ChannelId: 7, Kinds: []}]
DiscordSettings: {Access: {Read: {}, Operate: {Roles: [], Users: []}, Admin: {Users: [5]}}}
`;
  const nobody = "names no role and no user, so that it gives this right to nobody (talos.yaml:3)";
  expect(noticesOf({ files: { "/home/me/talos.yaml": text } })).toEqual([
    "Notifications: has no effect without DiscordSettings.BotToken (talos.yaml:2)",
    `DiscordSettings.Access.Read: ${nobody}`,
    `DiscordSettings.Access.Operate: ${nobody}`,
    "Notifications[0].Kinds: names no kind, so that no notice goes there (talos.yaml:2)",
  ]);
});

test("an SSH section with nothing below it never means the engine of this machine", () => {
  const missing = [
    "Host: is missing: the name or address of the machine, or its name in OpenSSH's configuration",
    `IdentityFile: is missing: ${noKey}`,
  ];
  for (const nothing of ["", "{}", '""'])
    expect(faultsOfYaml(`DockerSettings: {Hosts: {nas: {SSHConfig: ${nothing}}}}`)).toEqual(
      missing.map((fault) => `DockerSettings.Hosts.nas.SSHConfig.${fault} (talos.yaml:1)`),
    );
});

test("an engine over SSH, with a pinned key and its comment", () => {
  const ssh = { Host: "fd00::7", User: "HOME\\talos", IdentityFile: "k", HostKey: `${key} root@nas`, Port: 22 };
  const text = JSON.stringify({ DockerSettings: { Hosts: { nas: { SSHConfig: ssh } } } });
  const { config } = loadedFrom({ files: { "/home/me/talos.json": text } });
  expect(config.DockerSettings.Hosts["nas"]?.SSHConfig).toEqual({ ...ssh, HostKey: key });
});

test("a kind of file with nothing below it is told not to count", () => {
  const text =
    "ImageUpdateSettings: {Repositories: [{Url: /a, Glob: {DockerCompose: }}, {Url: /b, Glob: {DockerCompose: {}}}]}";
  expect(noticesOf({ files: { "/home/me/talos.yaml": text } })).toEqual([
    "ImageUpdateSettings.Repositories[0].Glob: names no kind of file, so that none is looked at; write `DockerCompose: {}` for compose files by their usual names (talos.yaml:1)",
  ]);
});

test("any JSON is loaded or has faults, and any text is read or refused", () => {
  const key = fc.constantFrom(
    "ImageUpdateSettings",
    "Repositories",
    "Hosts",
    "Url",
    "File",
    "0",
    "Defaults",
    "Glob",
    "Yaml",
    "__proto__",
    "x",
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 5 },
      fc.constantFrom(null, true, 1.5, "", "x", "/a"),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(key, tie("value"), { maxKeys: 4 }),
    ),
  }));
  const text = fc.oneof(
    value.map((json) => JSON.stringify(json)),
    fc.string(),
  );
  const name = fc.constantFrom("talos.json", "talos.yaml", "talos.toml");
  fc.assert(
    fc.property(text, name, (written, file) => {
      const reading = loadTexts({ files: { [`/home/me/${file}`]: written } });
      if (reading.kind === "faulty") expect(reading.faults.length).toBeGreaterThan(0);
    }),
  );
});

test("a header of users without a proxy to send it is noticed", () => {
  const noticed = (text: string) => noticesOf({ files: { "/home/me/talos.yaml": text } });
  expect(noticed("ApiSettings: {UserHeader: Remote-User}")).toEqual([
    "ApiSettings.UserHeader: has no effect without ApiSettings.TrustedProxies: nobody is believed who sends it (talos.yaml:1)",
  ]);
  expect(noticed("ApiSettings: {UserHeader: Remote-User, TrustedProxies: [127.0.0.1]}")).toEqual([]);
});

test("a source of spans that there is not is told, and the earlier program's names are taken", () => {
  const text =
    "TracingSettings:\n  IncludeTraceLibraries: {Redis: false, StackExchange.Redis: true, Talos.Core: true, regstries: false}\n";
  expect(noticesOf({ files: { "/home/me/talos.yaml": text } })).toEqual([
    "TracingSettings.IncludeTraceLibraries.regstries: is no source of spans; did you mean `registries`? (talos.yaml:2)",
  ]);
});
