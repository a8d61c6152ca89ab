import { z } from "zod";
import { traceLibraries } from "../../telemetry/trace-libraries.ts";
import { accessLevels } from "../access.ts";
import {
  boolean,
  choice,
  headerName,
  integer,
  network,
  redisEndpoint,
  secret,
  text,
  webUrl,
} from "../setting-types.ts";

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
    TrustedProxies: z
      .array(network())
      .default([])
      .describe(
        "Addresses and networks of proxies: what they add to a request (X-Forwarded-For, X-Forwarded-Proto, UserHeader) is believed.",
      ),
    UserAccess: choice(...accessLevels)
      .default("operate")
      .describe("What the users of trusted proxies may do: look, change what runs, or make tokens too."),
    SecretKey: longSecret()
      .optional()
      .describe(
        "The key that the secrets of signed webhooks are derived from, 32 characters or more, the same for all replicas; not set: a file in DataDirectory.",
      ),
    UserHeader: headerName()
      .optional()
      .describe("The header in which a trusted proxy names the user who signed in there."),
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
    Endpoint: webUrl()
      .optional()
      .describe("The collector, as http://localhost:4317; over HTTP /v1/traces is added where there is no path."),
    Protocol: choice("Grpc", "HttpProtobuf").default("Grpc").describe("How the collector is spoken to."),
    IncludeTraceLibraries: z
      .record(z.string(), boolean())
      .default({})
      .describe(
        `Sources of spans by name; false switches one off. There are ${traceLibraries.map((name) => `\`${name}\``).join(", ")}.`,
      ),
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

const shortestKey = 32;

/** An empty one would be known to everybody; a short one can be guessed by whoever has the store. */
function longSecret() {
  return secret().superRefine((written, context) => {
    if (written.reveal().trim().length < shortestKey)
      context.addIssue({ code: "custom", message: `must have ${shortestKey} characters at least` });
  });
}
