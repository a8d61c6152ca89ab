import { z } from "zod";
import { boolean, choice, integer, redisEndpoint, text, webUrl } from "../setting-types.ts";

export const apiSettings = z
  .strictObject({
    Enabled: boolean().default(true).describe("Serve the web page, the API and webhooks."),
    Address: text().default("127.0.0.1").describe("The address to listen on; `0.0.0.0` for every network."),
    Port: integer(1, 65_535).default(8080).describe("The port to listen on."),
    BaseUrl: webUrl()
      .default("http://localhost")
      .describe("Where others reach Talos, with the path a proxy adds; webhook URLs begin with it."),
    PublicMetrics: boolean()
      .default(false)
      .describe("Show /metrics without a token on other addresses than loopback too."),
    TrustedProxies: z.array(text()).default([]).describe("Addresses of proxies whose UserHeader is believed."),
    UserHeader: text().optional().describe("The header in which a trusted proxy names the user who signed in there."),
  })
  .prefault({})
  .describe("The web page, the API and webhooks.");

export const redisSettings = z
  .strictObject({
    Endpoint: redisEndpoint()
      .optional()
      .describe("`host:port,password=…,ssl=true` or a redis:// URL; not set: one SQLite file instead of Redis."),
    DefaultDatabase: integer(0).default(0).describe("The number of the database."),
  })
  .prefault({})
  .describe("Redis, for several replicas.");

export const commandSettings = z
  .strictObject({
    DefaultTimeoutSeconds: integer(1).default(300).describe("How long a program (git, ssh, docker compose) may run."),
    DefaultGracePeriodSeconds: integer(0).default(60).describe("How long it may take to end before it is killed."),
  })
  .prefault({})
  .describe("Programs Talos starts.");

export const tracingSettings = z
  .strictObject({
    Enabled: boolean().default(false).describe("Send traces with OpenTelemetry."),
    Endpoint: webUrl().optional().describe("The collector, as http://localhost:4317."),
    Protocol: choice("Grpc", "HttpProtobuf").default("Grpc").describe("How the collector is spoken to."),
    IncludeTraceLibraries: z
      .record(z.string(), boolean())
      .default({})
      .describe("Sources of spans by name; false switches one off."),
  })
  .prefault({})
  .describe("Traces.");

export const logSettings = z
  .strictObject({
    Level: choice("Trace", "Debug", "Information", "Warning", "Error", "Fatal")
      .default("Information")
      .describe("The least important lines that are logged."),
  })
  .prefault({})
  .describe("Log lines.");

export const eventSettings = z
  .strictObject({
    RetentionDays: integer(1).default(90).describe("How many days events are kept."),
  })
  .prefault({})
  .describe("The event log.");
