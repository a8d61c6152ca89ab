import fc from "fast-check";
import { expect, test } from "vitest";
import { faultsOf, loadedFrom, noticesOf } from "./load-texts.ts";

/** The earlier program's own settings file. */
const shipped = `{
  "Logging": { "LogLevel": { "Default": "Information", "Microsoft.AspNetCore": "Warning" } },
  "Serilog": { "MinimumLevel": { "Default": "Debug", "Override": { "Microsoft": "Warning" } } },
  "AllowedHosts": "*",
  "DiscordSettings": { "BotToken": "", "GuildId": 0, "ChannelId": 0 },
  "DockerSettings": { "Hosts": {} },
  "RedisSettings": { "Endpoint": "redis:6379", "DefaultDatabase": 0 },
  "SkopeoSettings": { "CacheDurationHours": 12, "CacheDurationVarianceHours": 6, "SkopeoCommand": "skopeo", "SkopeoArguments": [] },
  "ApiSettings": { "BaseUrl": "https://api.example.com" },
  "GitSettings": { "WorkDirectory": null },
  "CommandSettings": { "DefaultTimeoutSeconds": 300, "DefaultGracePeriodSeconds": 60 },
  "ImageParserSettings": { "ValidReleases": ["latest", "stable"] },
  "UpdateThrottlingSettings": { "QueuePollingFrequencyInSeconds": 10, "Domains": {} },
  "ImageUpdateSettings": { "Schedule": { "Type": "Delay", "DelaySeconds": 3600 }, "Hosts": {}, "Repositories": [] },
  "TracingSettings": {
    "Enabled": false, "Endpoint": "", "Protocol": "Grpc",
    "IncludeTraceLibraries": { "StackExchange.Redis": true, "Talos.Api": true }
  }
}`;

/** Of its documentation, with the missing comma. */
const documented = `{
  "ImageUpdateSettings": {
    "Schedule": { "Type": "Delay", "DelaySeconds": 3600 /* every hour */ },
    "Hosts": {
      "gitlab": {
        "Type": "GitLab",
        "Name": "oauth2", // username
        "Token": "glpt-abcabcabc",
        "Email": "talos@example.com"
      }
    },
    "Repositories": [
      {
        "Url": "https://gitlab.com/haondt/my-repository",
        "Host": "gitlab",
        "Branch": "main",
        "Glob": {
          "DockerCompose": { "IncludeGlobs": ["docker-compose.yml", "docker-compose.*.yml"] },
          "Dockerfile": { "IncludeGlobs": ["Dockerfile", "*.Dockerfile"] },
          "Yaml": {
            "IncludeGlobs": ["deployment.yaml"],
            "AncestorPath": "/spec/template/",
            "RelativeImagePath": "/spec/containers/0/image",
            "RelativeTalosPath": "/metadata/annotations/haondt.dev\\\\/talos"
          }
        },
        "CooldownSeconds": 300
      }
    ]
  },
  "DiscordSettings": { "BotToken": "your-bot-token", "GuildId": 18446744073709551615, "ChannelId": 1234567890123456789 },
  "DockerSettings": {
    "Hosts": {
      "localhost": { "DockerVersion": "V2" },
      "remote_machine": {
        "DockerVersion": "V1",
        "SSHConfig": { "Host": "163.174.249.51", "User": "talos", "IdentityFile": "/config/id_rsa" }
      }
    }
  },
  "UpdateThrottlingSettings": { "Domains": { "docker.io": { "Limit": 5, "Per": "Hour" } } },
  "ApiSettings": { "BaseUrl": "https://mydomain.com" },
  "TracingSettings": {
    "Enabled": true, "Endpoint": "http://localhost:4317", "Protocol": "Grpc",
    "IncludeTraceLibraries": { "StackExchange.Redis": false },
  }
}`;

test("nothing configured at all is fine", () => {
  const { config, files, given } = loadedFrom({});
  expect(files).toEqual([]);
  expect(given.has("ApiSettings.Port")).toBe(false);
  expect(config).toMatchObject({
    DataDirectory: "./data",
    ImageUpdateSettings: { Schedule: { Type: "Delay", DelaySeconds: 3600 }, Repositories: [], Hosts: {} },
    RegistrySettings: { CacheDuration: 900, Domains: {} },
    ApiSettings: { Enabled: true, Address: "127.0.0.1", Port: 8080, BaseUrl: "http://localhost" },
    LogSettings: { Level: "Information" },
  });
  expect(config.DiscordSettings.BotToken).toBeUndefined();
});

test("what the earlier program shipped is accepted, with its meaning", () => {
  const { config, files } = loadedFrom({ files: { "/app/appsettings.json": shipped } });
  expect(files).toEqual(["/app/appsettings.json"]);
  expect(config.DiscordSettings).toMatchObject({ Access: {} });
  expect(config.DiscordSettings.GuildId).toBeUndefined();
  expect(config.RedisSettings.Endpoint?.reveal()).toBe("redis:6379");
  expect(config.RegistrySettings.CacheDuration).toBe(43_200);
  expect(config.LogSettings.Level).toBe("Debug");
  expect(config.TracingSettings.IncludeTraceLibraries).toEqual({ "StackExchange.Redis": true, "Talos.Api": true });
});

test("the documented samples are accepted as they are", () => {
  const { config } = loadedFrom({ files: { "/app/appsettings.Production.json": documented } });
  const [repository] = config.ImageUpdateSettings.Repositories;
  expect(repository).toMatchObject({
    Url: "https://gitlab.com/haondt/my-repository",
    Host: "gitlab",
    CooldownSeconds: 300,
    CreateMergeRequestsForPushes: false,
  });
  expect(repository?.Glob?.Yaml).toEqual([
    {
      IncludeGlobs: ["deployment.yaml"],
      ExcludeGlobs: [],
      AncestorPath: "/spec/template/",
      RelativeImagePath: "/spec/containers/0/image",
      RelativeTalosPath: "/metadata/annotations/haondt.dev\\/talos",
    },
  ]);
  expect(repository?.Glob?.DockerCompose?.IncludeGlobs).toEqual(["docker-compose.yml", "docker-compose.*.yml"]);
  expect(config.ImageUpdateSettings.Hosts["gitlab"]?.Token?.reveal()).toBe("glpt-abcabcabc");
  expect(config.UpdateThrottlingSettings.Domains).toEqual({ "docker.io": { Limit: 5, Per: 3600 } });
  expect(config.DockerSettings.Hosts["remote_machine"]).toMatchObject({ DockerVersion: "V1", SSHConfig: { Port: 22 } });
});

test("the documented environment is accepted as it is", () => {
  const environment = {
    RedisSettings__Endpoint: "talos-redis:6379",
    DiscordSettings__BotToken: "your-bot-token",
    DiscordSettings__GuildId: "1234",
    DiscordSettings__ChannelId: "1234",
    PATH: "/bin",
    npm_config__x: "1",
  };
  const { config } = loadedFrom({ environment });
  expect(config.DiscordSettings.GuildId).toBe("1234");
  expect(config.DiscordSettings.BotToken?.reveal()).toBe("your-bot-token");
});

test("a repository and its host can be set in the environment alone, with `__` or `:`", () => {
  const environment = {
    ImageUpdateSettings__Hosts__gitlab__Type: "GitLab",
    ImageUpdateSettings__Hosts__gitlab__Token__FILE: "/run/secrets/gitlab",
    ImageUpdateSettings__Repositories__0__Url: "https://gitlab.com/haondt/my-repository",
    ImageUpdateSettings__Repositories__0__Host: "gitlab",
    ImageUpdateSettings__Repositories__0__Glob__DockerCompose__IncludeGlobs__0: "docker-compose.yml",
    "ImageUpdateSettings:Repositories:0:Branch": "main",
  };
  const { config } = loadedFrom({ environment, files: { "/run/secrets/gitlab": "glpt-abcabcabc\n" } });
  const { Hosts, Repositories } = config.ImageUpdateSettings;
  expect(Hosts["gitlab"]?.Token?.reveal()).toBe("glpt-abcabcabc");
  expect(Repositories).toMatchObject([
    {
      Url: "https://gitlab.com/haondt/my-repository",
      Host: "gitlab",
      Branch: "main",
      Glob: { DockerCompose: { IncludeGlobs: ["docker-compose.yml"] } },
    },
  ]);
});

test("the documented sample without its comma is refused with the place of it", () => {
  const text = documented.replace('},\n        "CooldownSeconds"', '}\n        "CooldownSeconds"');
  expect(text).not.toBe(documented);
  const line = text.slice(0, text.indexOf('"CooldownSeconds"')).split("\n").length;
  expect(faultsOf({ files: { "/app/appsettings.Production.json": text } })).toEqual([
    `/app/appsettings.Production.json:${line}:9: this is not JSON: comma expected`,
  ]);
});

test("a kind of file with an empty section is enabled, with its usual names", () => {
  const files = {
    "/app/appsettings.json":
      '{"ImageUpdateSettings": {"Repositories": [{"Url": "/a", "Glob": {"DockerCompose": {}}}]}}',
  };
  expect(loadedFrom({ files }).config.ImageUpdateSettings.Repositories[0]?.Glob).toEqual({
    DockerCompose: { ExcludeGlobs: [] },
  });
  expect(noticesOf({ files })).toEqual([]);
});

test.each([
  ["talos.json", '{"DiscordSettings": {"GuildId": 1234567890123456789}}'],
  ["talos.yaml", "DiscordSettings:\n  GuildId: 1234567890123456789\n"],
  ["talos.toml", "[DiscordSettings]\nGuildId = 1234567890123456789\n"],
])("a bare number in %s keeps every digit", (name, text) => {
  const { config } = loadedFrom({ files: { [`/home/me/${name}`]: text } });
  expect(config.DiscordSettings.GuildId).toBe("1234567890123456789");
});

test("an id of any digits comes through each kind of file as it is", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 18_446_744_073_709_551_615n }), (id) => {
      const files = { "/home/me/talos.json": `{"discordsettings": {"guildid": ${id}}}` };
      expect(loadedFrom({ files }).config.DiscordSettings.GuildId).toBe(String(id));
    }),
    { numRuns: 50 },
  );
});

test("later layers win, key by key: general files, the file of the environment, variables", () => {
  const files = {
    "/home/me/appsettings.json":
      '{"ApiSettings": {"Port": 1, "Address": "a", "BaseUrl": "http://a", "UserHeader": "a"}}',
    "/home/me/talos.yaml": "apisettings: {ADDRESS: b, baseUrl: http://b, userHeader: b}",
    "/home/me/appsettings.Staging.json": '{"ApiSettings": {"BaseUrl": "http://c", "UserHeader": "c"}}',
    "/home/me/appsettings.Production.json": '{"ApiSettings": {"UserHeader": "not this one"}}',
  };
  const environment = { TALOS_ENVIRONMENT: "Staging", APISETTINGS__USERHEADER: "d" };
  const { config, files: read } = loadedFrom({ files, environment });
  expect(config.ApiSettings).toMatchObject({ Port: 1, Address: "b", BaseUrl: "http://c", UserHeader: "d" });
  expect(read).toEqual(["appsettings.json", "talos.yaml", "appsettings.Staging.json"]);
});

test.each([
  [{ DOTNET_ENVIRONMENT: "Development" }, "Development"],
  [{ ASPNETCORE_ENVIRONMENT: "Development" }, "Development"],
  [{ TALOS_ENVIRONMENT: "Home", DOTNET_ENVIRONMENT: "Development" }, "Home"],
  [{}, "Production"],
])("with %j the environment is %s", (environment, name) => {
  const files = { [`/home/me/appsettings.${name}.json`]: '{"DataDirectory": "/found"}' };
  expect(
    loadedFrom({ files: files, environment: { ...environment, TALOS_CONFIG_DIR: "/home/me" } }).config.DataDirectory,
  ).toBe("/found");
});

test("lists replace lists, and a number in a variable changes or adds one element", () => {
  const files = {
    "/home/me/appsettings.json": '{"ImageUpdateSettings": {"Repositories": [{"Url": "/a"}, {"Url": "/b"}]}}',
    "/home/me/talos.yaml": "ImageUpdateSettings: {Repositories: [{Url: /c, Branch: main}, {Url: /d}]}",
  };
  const environment = {
    ImageUpdateSettings__Repositories__0__Branch: "dev",
    ImageUpdateSettings__Repositories__1: "",
    ImageUpdateSettings__Repositories__10__Url: "/f",
    ImageUpdateSettings__Repositories__2__Url: "/e",
  };
  const { config } = loadedFrom({ files, environment });
  const found = config.ImageUpdateSettings.Repositories.map(({ Url, Branch }) => [Url, Branch]);
  expect(found).toEqual([
    ["/c", "dev"],
    ["/d", undefined],
    ["/e", undefined],
    ["/f", undefined],
  ]);
});

test("a list can be made of variables alone, and one item is a list of one", () => {
  const environment = { ApiSettings__TrustedProxies__1: "10.0.0.2", ApiSettings__TrustedProxies__0: "::1" };
  expect(loadedFrom({ environment }).config.ApiSettings.TrustedProxies).toEqual(["::1", "10.0.0.2"]);
  const one = loadedFrom({ environment: { ApiSettings__TrustedProxies: "10.0.0.0/8" } });
  expect(one.config.ApiSettings.TrustedProxies).toEqual(["10.0.0.0/8"]);
});

test("names that people choose keep the spelling of the file", () => {
  const files = {
    "/home/me/talos.yaml": "ImageUpdateSettings: {Hosts: {GitLab: {Name: a}}, Repositories: [{Url: /a, Host: GitLab}]}",
  };
  const environment = { IMAGEUPDATESETTINGS__HOSTS__GITLAB__TOKEN: "t" };
  const { Hosts } = loadedFrom({ files, environment }).config.ImageUpdateSettings;
  expect(Object.keys(Hosts)).toEqual(["GitLab"]);
  expect(Hosts["GitLab"]?.Token?.reveal()).toBe("t");
});

test("any value can come from a file, less one line ending", () => {
  const files = {
    "/home/me/talos.yaml":
      "ImageUpdateSettings: {Hosts: {x: {Token: {File: secrets/token}}}}\nDiscordSettings: {ChannelId: {file: /run/channel}}",
    "/home/me/secrets/token": "to ken\n\n",
    "/run/channel": "42\r\n",
    "/run/redis": "localhost:1",
  };
  const { config } = loadedFrom({ files, environment: { RedisSettings__Endpoint__FILE: "/run/redis" } });
  expect(config.ImageUpdateSettings.Hosts["x"]?.Token?.reveal()).toBe("to ken\n");
  expect(config.DiscordSettings.ChannelId).toBe("42");
  expect(config.RedisSettings.Endpoint?.reveal()).toBe("localhost:1");
});

test("the folder is the one that is named, else /app when it has a file, else the current one", () => {
  const files = {
    "/etc/talos/talos.yaml": "DataDirectory: named",
    "/app/talos.yaml": "DataDirectory: app",
    "/home/me/talos.yaml": "DataDirectory: current",
    "/home/me/other.json": '{"DataDirectory": "other"}',
  };
  const directory = (request: Parameters<typeof loadedFrom>[0]) => loadedFrom(request).config.DataDirectory;
  expect(directory({ files, environment: { TALOS_CONFIG_DIR: "/etc/talos" } })).toBe("named");
  expect(directory({ files })).toBe("app");
  expect(directory({ files: { "/home/me/talos.yaml": files["/home/me/talos.yaml"] } })).toBe("current");
  expect(directory({ files, file: "other.json" })).toBe("other");
});

test("an appsettings.json of another program in the current folder is left alone, broken or not", () => {
  const foreign = '{"ConnectionStrings": {"Default": "x"}, "Logging": {}, "AllowedHosts": "*"}';
  expect(loadedFrom({ files: { "/home/me/appsettings.json": foreign } }).files).toEqual([]);
  expect(loadedFrom({ files: { "/home/me/appsettings.json": "{" } }).files).toEqual([]);
  expect(faultsOf({ files: { "/app/appsettings.json": foreign } })).toHaveLength(1);
});

test("older names are under the present ones", () => {
  const text =
    "SkopeoSettings: {CacheDurationHours: 12}\nRegistrySettings: {CacheDuration: 1h}\nSerilog: {MinimumLevel: Verbose}";
  const { config } = loadedFrom({ files: { "/home/me/talos.yaml": text } });
  expect(config.RegistrySettings.CacheDuration).toBe(3600);
  expect(config.LogSettings.Level).toBe("Trace");
  const ports = { ASPNETCORE_HTTP_PORTS: "5000;5001" };
  expect(loadedFrom({ environment: ports }).config.ApiSettings.Port).toBe(5000);
  expect(loadedFrom({ environment: { ...ports, ApiSettings__Port: "6000" } }).config.ApiSettings.Port).toBe(6000);
});

test("YAML anchors and merge keys are followed", () => {
  const text = `
UpdateThrottlingSettings:
  Domains:
    docker.io: &hub {Limit: 5, Per: day}
    ghcr.io: {<<: *hub, Limit: 7}
    quay.io: *hub
`;
  const { Domains } = loadedFrom({ files: { "/home/me/talos.yaml": text } }).config.UpdateThrottlingSettings;
  expect(Domains).toEqual({
    "docker.io": { Limit: 5, Per: 86_400 },
    "ghcr.io": { Limit: 7, Per: 86_400 },
    "quay.io": { Limit: 5, Per: 86_400 },
  });
});

test("a period is a word or a number of seconds, a byte-order mark is no matter", () => {
  const text =
    "\uFEFFUpdateThrottlingSettings: {Domains: {a: {Limit: 1, Per: 90}, b: {Limit: 1, Per: month}, 'c:5000': {Limit: 1}}}";
  const { Domains } = loadedFrom({ files: { "/home/me/talos.yaml": text } }).config.UpdateThrottlingSettings;
  expect(Object.values(Domains).map(({ Per }) => Per)).toEqual([90, 2_592_000, 3600]);
  expect(noticesOf({ files: { "/home/me/talos.yaml": text } })).toEqual([]);
});

test("secrets do not show when the configuration is printed or logged", () => {
  const { config } = loadedFrom({ environment: { ImageUpdateSettings__Hosts__x__Token: "hunter2" } });
  expect(JSON.stringify(config)).not.toContain("hunter2");
  expect(String(config.ImageUpdateSettings.Hosts["x"]?.Token)).toBe("[secret]");
});
