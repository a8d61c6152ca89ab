// Every setting there is: one schema that checks, that editors read as JSON Schema (`talos config schema`) and that
// docs/configuration.md is written from. Names are those of the earlier program, so that its configuration works.
// A new setting is one line in the file of its section: a type, a default or `optional`, and a sentence.
import { z } from "zod";
import { discordSettings, notifications } from "./sections/discord.ts";
import { dockerSettings } from "./sections/docker.ts";
import { gitSettings } from "./sections/git.ts";
import { imageUpdateSettings, repositoryFileKeys } from "./sections/image-update.ts";
import {
  imageParserSettings,
  registrySettings,
  skopeoSettings,
  updateThrottlingSettings,
} from "./sections/registries.ts";
import {
  apiSettings,
  commandSettings,
  eventSettings,
  logSettings,
  redisSettings,
  tracingSettings,
} from "./sections/service.ts";
import { text } from "./setting-types.ts";

// A schema that is used once is not worth compiling.
z.config({ jitless: true });

export const configSchema = z.strictObject({
  DataDirectory: text().default("./data").describe("Where Talos keeps its database and its socket."),
  ImageUpdateSettings: imageUpdateSettings,
  UpdateThrottlingSettings: updateThrottlingSettings,
  RegistrySettings: registrySettings,
  ImageParserSettings: imageParserSettings,
  GitSettings: gitSettings,
  DockerSettings: dockerSettings,
  DiscordSettings: discordSettings,
  Notifications: notifications,
  ApiSettings: apiSettings,
  RedisSettings: redisSettings,
  CommandSettings: commandSettings,
  EventSettings: eventSettings,
  LogSettings: logSettings,
  TracingSettings: tracingSettings,
  SkopeoSettings: skopeoSettings,
  Serilog: anything("Older form of LogSettings.Level: only its MinimumLevel is read."),
  Logging: anything("Has no effect: what is logged is set by LogSettings.Level.").meta({ deprecated: true }),
  AllowedHosts: anything("Has no effect: Talos answers under any name.").meta({ deprecated: true }),
  $schema: anything("For editors: where the JSON Schema of this file is."),
});

/** The settings as the program uses them, every default in place. Secrets are wrapped; durations are seconds. */
export type Config = z.output<typeof configSchema>;

/** `.talos.yaml` at the root of a repository. */
export const repositoryFileSchema = z.strictObject(repositoryFileKeys);
export type RepositoryFile = z.output<typeof repositoryFileSchema>;

function anything(description: string) {
  return z.unknown().meta({ isTree: true }).optional().describe(description);
}
