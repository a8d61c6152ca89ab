import { expect, test } from "vitest";
import { checkYamlPath } from "../updates/read-repository-file.ts";
import { faultsOf } from "./load-texts.ts";

const faultyEverywhere = `DataDirectory: [a]
Redis: {}
ImageUpdateSettings:
  Schedule:
    Type: Sometimes
    DelaySeconds: 0
    TimeZone: Mars
  Hosts:
    lab:
      Type: Bitbucket
      ApiUrl: git.home.example
      SigningFormat: Pgp
      Tokn: abc
  Repositories:
    - Branch: main
    - Url: https://me:hunter2@git.home.example/a
      CooldownSeconds: soon
    - Url: /srv/a
      Host: lap
      OptIn: Some
    - Url: /srv/a/
      Branch: --force
      CreateMergeRequestsForPushes: maybe
      Glob:
        DockerCompose: { IncludeGlobs: [../compose.yaml] }
        Compose: {}
      Defaults: { bump: huge, age: 3 }
UpdateThrottlingSettings:
  QueuePollingFrequencyInSeconds: often
  Domains:
    docker.io: { Limit: many, Per: Fortnight }
RegistrySettings:
  CacheDuration: 15
  Domains:
    ghcr.io: { Insecure: perhaps, Concurrency: 65, User: me }
DockerSettings:
  Hosts:
    nas:
      DockerVersion: V3
      SSHConfig: { Host: nas, Port: 0, Password: hunter2 }
DiscordSettings:
  BotToken: { File: /run/secrets/none }
  GuildId: home
  Access: { Operate: { Roles: [admins] } }
Notifications:
  - Kinds: [Pushd]
ApiSettings:
  Port: web
  BaseUrl: talos
  Enabled: perhaps
RedisSettings:
  DefaultDatabase: first
CommandSettings:
  DefaultTimeoutSeconds: 0
EventSettings:
  RetentionDays: 0.5
LogSettings:
  Level: loud
TracingSettings:
  Enabled: true
  Protocol: Http
SkopeoSettings:
  CacheDurationVarianceHours: 12
`;

test("more than forty faults are told in one go, each with its setting, its place and what would be right", () => {
  const faults = faultsOf({ files: { "/home/me/talos.yaml": faultyEverywhere }, checkYamlPath });
  expect(faults).toEqual([
    "DataDirectory: must be a single value, not a list (talos.yaml:1)",
    "Redis: is not a setting; did you mean `RedisSettings`? (talos.yaml:2)",
    "ImageUpdateSettings.Hosts.lab.Tokn: is not a setting; did you mean `Token`? (talos.yaml:13)",
    "ImageUpdateSettings.Repositories[3].Glob.Compose: is not a setting; known are `DockerCompose`, `Dockerfile`, `Env`, `Yaml` (talos.yaml:26)",
    'RegistrySettings.Domains["ghcr.io"].User: is not a setting; did you mean `Username`? (talos.yaml:35)',
    "DiscordSettings.BotToken: is to be read from /run/secrets/none, which does not exist (talos.yaml:42)",
    "ImageUpdateSettings.Schedule.Type: must be Delay or Cron, not `Sometimes` (talos.yaml:5)",
    "ImageUpdateSettings.Schedule.DelaySeconds: must be a whole number of 1 or more, not `0` (talos.yaml:6)",
    "ImageUpdateSettings.Schedule.TimeZone: must be a time zone such as Europe/Berlin, not `Mars` (talos.yaml:7)",
    "ImageUpdateSettings.Hosts.lab.Type: must be GitLab, GitHub, Gitea, Forgejo or Generic, not `Bitbucket` (talos.yaml:10)",
    "ImageUpdateSettings.Hosts.lab.ApiUrl: must be a URL such as https://talos.example.com, not `git.home.example` (talos.yaml:11)",
    "ImageUpdateSettings.Hosts.lab.SigningFormat: must be Ssh or Gpg, not `Pgp` (talos.yaml:12)",
    "ImageUpdateSettings.Repositories[0].Url: is missing: the URL of the git repository (https, ssh, file) or a path (talos.yaml:15)",
    "ImageUpdateSettings.Repositories[1].Url: must not hold a user name or token: set them as Name and Token of a host in ImageUpdateSettings.Hosts, and name it as Host (talos.yaml:16)",
    "ImageUpdateSettings.Repositories[1].CooldownSeconds: must be a whole number of 0 or more, not `soon` (talos.yaml:17)",
    "ImageUpdateSettings.Repositories[2].OptIn: must be Annotated or All, not `Some` (talos.yaml:20)",
    "ImageUpdateSettings.Repositories[3].Branch: must be the name of a branch such as main, not `--force` (talos.yaml:22)",
    "ImageUpdateSettings.Repositories[3].CreateMergeRequestsForPushes: must be true or false, not `maybe` (talos.yaml:23)",
    "ImageUpdateSettings.Repositories[3].Glob.DockerCompose.IncludeGlobs[0]: is no glob: The glob ../compose.yaml leads out of the source; write it from the source's root. (talos.yaml:25)",
    "ImageUpdateSettings.Repositories[3].Defaults: `bump` must be digest, patch, minor or major, not `huge` (talos.yaml:27)",
    "ImageUpdateSettings.Repositories[3].Defaults: `age` needs a unit: `3s`, `3m`, `3h` or `3d` (talos.yaml:27)",
    "UpdateThrottlingSettings.QueuePollingFrequencyInSeconds: must be a whole number of 1 or more, not `often` (talos.yaml:29)",
    'UpdateThrottlingSettings.Domains["docker.io"].Limit: must be a whole number of 0 or more, not `many` (talos.yaml:31)',
    'UpdateThrottlingSettings.Domains["docker.io"].Per: must be Second, Minute, Hour, Day, Week, Month or a number of seconds, not `Fortnight` (talos.yaml:31)',
    "RegistrySettings.CacheDuration: needs a unit: `15s`, `15m`, `15h` or `15d` (talos.yaml:33)",
    'RegistrySettings.Domains["ghcr.io"].Insecure: must be true or false, not `perhaps` (talos.yaml:35)',
    'RegistrySettings.Domains["ghcr.io"].Concurrency: must be a whole number from 1 to 64, not `65` (talos.yaml:35)',
    "DockerSettings.Hosts.nas.DockerVersion: must be V1 or V2, not `V3` (talos.yaml:39)",
    "DockerSettings.Hosts.nas.SSHConfig.Port: must be a whole number from 1 to 65535, not `0` (talos.yaml:40)",
    "DockerSettings.Hosts.nas.SSHConfig.IdentityFile: is missing: the private key to sign in with; without one the host cannot be reached, and this machine's engine is never taken instead (talos.yaml:40)",
    "DockerSettings.Hosts.nas.SSHConfig.Password: is refused: hosts are reached with keys; remove it and set IdentityFile (talos.yaml:40)",
    'DiscordSettings.GuildId: must be the number Discord shows under "Copy ID", not `home` (talos.yaml:43)',
    'DiscordSettings.Access.Operate.Roles[0]: must be the number Discord shows under "Copy ID", not `admins` (talos.yaml:44)',
    "Notifications[0].Kinds[0]: must be UpdateAvailable, Pushed, Failed, DeadLettered, Held, GroupIncomplete, Pipeline or ScanError, not `Pushd` (talos.yaml:46)",
    "ApiSettings.Enabled: must be true or false, not `perhaps` (talos.yaml:50)",
    "ApiSettings.Port: must be a whole number from 1 to 65535, not `web` (talos.yaml:48)",
    "ApiSettings.BaseUrl: must be a URL such as https://talos.example.com, not `talos` (talos.yaml:49)",
    "RedisSettings.DefaultDatabase: must be a whole number of 0 or more, not `first` (talos.yaml:52)",
    "CommandSettings.DefaultTimeoutSeconds: must be a whole number of 1 or more, not `0` (talos.yaml:54)",
    "EventSettings.RetentionDays: must be a whole number of 1 or more, not `0.5` (talos.yaml:56)",
    "LogSettings.Level: must be Trace, Debug, Information, Warning, Error or Fatal, not `loud` (talos.yaml:58)",
    "TracingSettings.Protocol: must be Grpc or HttpProtobuf, not `Http` (talos.yaml:61)",
    "ImageUpdateSettings.Repositories[2].Host: names `lap`, which is not in ImageUpdateSettings.Hosts; did you mean `lab`? (talos.yaml:19)",
    "TracingSettings.Endpoint: is missing: tracing is enabled and needs to know where to (talos.yaml:60)",
    "SkopeoSettings.CacheDurationVarianceHours: must be smaller than CacheDurationHours, which is 12; or remove it, as it has no effect (talos.yaml:63)",
  ]);
  expect(faults.length).toBeGreaterThan(40);
  expect(faults.join()).not.toContain("hunter2");
});
