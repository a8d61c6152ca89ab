import { expect, test } from "vitest";
import { listSettings } from "./list-settings.ts";
import { loadedFrom } from "./load-texts.ts";

function list(settings: object) {
  const { config, given } = loadedFrom({ files: { "/home/me/talos.json": JSON.stringify(settings) } });
  return new Map(
    listSettings(config, new Set(given.keys())).map(({ path, value, isDefault }) => [path, { value, isDefault }]),
  );
}

test("what counts is listed with its path, and whether it was set", () => {
  const settings = list({
    ApiSettings: { Port: 9000 },
    ImageUpdateSettings: {
      Repositories: [{ Url: "https://git.example/me/infra.git", Defaults: { bump: "minor", allow: ["1.x"] } }],
    },
    RegistrySettings: { CacheDuration: "1h" },
  });
  expect(settings.get("ApiSettings.Port")).toEqual({ value: "9000", isDefault: false });
  expect(settings.get("ApiSettings.Address")).toEqual({ value: "127.0.0.1", isDefault: true });
  expect(settings.get("ImageUpdateSettings.Repositories[0].Url")).toEqual({
    value: "https://git.example/me/infra.git",
    isDefault: false,
  });
  expect(settings.get("ImageUpdateSettings.Repositories[0].Defaults")).toEqual({
    value: '{"bump":"minor","allow":["1.x"]}',
    isDefault: false,
  });
  expect(settings.get("RegistrySettings.CacheDuration")).toEqual({ value: "3600", isDefault: false });
});

test("no secret is told, nor what only another program understands", () => {
  const settings = list({
    ApiSettings: { SecretKey: "hunter2".repeat(5) },
    DiscordSettings: { BotToken: "hunter2", GuildId: "1", ChannelId: "2" },
    RedisSettings: { Endpoint: "redis:6379,password=hunter2" },
    RegistrySettings: { Domains: { "docker.io": { Username: "me", Password: "hunter2" } } },
    ImageUpdateSettings: { Hosts: { forge: { Token: "hunter2" } } },
    Serilog: { WriteTo: [{ Name: "Seq", Args: { apiKey: "hunter2" } }] },
  });
  expect(JSON.stringify([...settings])).not.toContain("hunter2");
  for (const path of ["ApiSettings.SecretKey", "DiscordSettings.BotToken", "RedisSettings.Endpoint"])
    expect(settings.get(path)).toEqual({ value: "[secret]", isDefault: false });
  const names = [...settings.keys()];
  expect(names.filter((name) => name.includes("Password"))).toHaveLength(1);
  expect(names.some((name) => name.startsWith("Serilog"))).toBe(false);
});
