import { expect, test } from "vitest";
import { parse } from "yaml";
import { formatConfig } from "./format-config.ts";
import { loadedFrom } from "./load-texts.ts";

const text = `
ImageUpdateSettings:
  Hosts: {gitlab: {Token: hunter2}}
  Repositories:
    - Url: https://gitlab.com/a/b
      Glob: {Yaml: {IncludeGlobs: x.yaml}}
      Defaults: {bump: minor, allow: [">=1", "/x/"]}
UpdateThrottlingSettings: {Domains: {docker.io: {Limit: 5}}}
`;
const request = {
  files: { "/home/me/talos.yaml": text, "/run/token": "hunter3\n" },
  environment: {
    DiscordSettings__ChannelId: "1234567890123456789",
    RegistrySettings__Domains__ghcr__Password__FILE: "/run/token",
  },
};
const shown = formatConfig(loadedFrom(request));

test.each([
  'DataDirectory: "./data" # default',
  '      Token: "[secret]" # talos.yaml:3',
  '    - Url: "https://gitlab.com/a/b" # talos.yaml:5',
  '          - IncludeGlobs:\n              - "x.yaml" # talos.yaml:6',
  '        bump: "minor" # talos.yaml:7\n        allow:\n          - ">=1" # talos.yaml:7',
  "    docker.io:\n      Limit: 5 # talos.yaml:8",
  '      Per: "Hour" # default',
  "  ChannelId: 1234567890123456789 # variable DiscordSettings__ChannelId",
  '      Password: "[secret]" # variable RegistrySettings__Domains__ghcr__Password__FILE',
])("it shows %j", (line) => {
  expect(shown).toContain(`${line}\n`);
});

test("secrets and what is not set are not shown", () => {
  expect(shown).not.toMatch(/hunter|BotToken|SkopeoSettings|Dockerfile|Operate/);
});

test("it is YAML that loads as the same configuration, but for the secrets", () => {
  const withoutSecrets = { ...request, files: { "/home/me/talos.yaml": text.replace("hunter2", "'[secret]'") } };
  const plain = { ...withoutSecrets, environment: { DiscordSettings__ChannelId: "1234567890123456789" } };
  const first = loadedFrom(plain);
  const again = loadedFrom({ files: { "/home/me/talos.yaml": formatConfig(first) } });
  const withoutPlaces = (value: unknown) =>
    JSON.stringify(value, (key, inner: unknown) => (["at", "keyAt", "source"].includes(key) ? undefined : inner));
  expect(withoutPlaces(again.config)).toBe(withoutPlaces(first.config));
  expect(parse(shown)).toBeTypeOf("object");
});
