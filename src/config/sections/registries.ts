import { z } from "zod";
import { boolean, duration, integer, leaf, secret, text } from "../setting-types.ts";

const registryDomain = z.strictObject({
  Endpoint: endpoint()
    .optional()
    .describe("A mirror or proxy to ask instead, as https://mirror.example or mirror.example:5000."),
  Insecure: boolean().default(false).describe("Plain HTTP, or HTTPS with any certificate."),
  Username: text().optional().describe("The user name; not set: as in Docker's config.json."),
  Password: secret().optional().describe("The password or access token."),
  CaFile: text().optional().describe("A PEM file of certificates to trust besides the system's."),
  Concurrency: integer(1, 64).optional().describe("Requests at once; not set: 16, or 64 over HTTP/2."),
});

export const registrySettings = z
  .strictObject({
    CacheDuration: duration().prefault("15m").describe("How long answers of registries are kept."),
    Domains: z
      .record(z.string(), registryDomain)
      .default({})
      .describe("Settings of single registries, by domain (`docker.io`, `registry.example.com:5000`)."),
  })
  .prefault({})
  .describe("How registries are asked.");

const noSkopeo = { deprecated: true };

export const skopeoSettings = z
  .strictObject({
    CacheDurationHours: integer(0)
      .optional()
      .describe("Older form of RegistrySettings.CacheDuration, which wins when both are set."),
    CacheDurationVarianceHours: integer(0)
      .optional()
      .meta(noSkopeo)
      .describe("Has no effect: answers are kept for exactly the duration."),
    SkopeoCommand: text().optional().meta(noSkopeo).describe("Has no effect: Talos asks registries itself."),
    SkopeoArguments: z.array(text()).optional().meta(noSkopeo).describe("Has no effect: Talos asks registries itself."),
  })
  .prefault({})
  .describe("Settings of the earlier program, which asked registries through Skopeo.");

export const imageParserSettings = z
  .strictObject({
    WriteFullReference: boolean().default(false).describe("Write `docker.io/library/redis` where a file says `redis`."),
    ValidReleases: z
      .array(text())
      .optional()
      .meta({ deprecated: true })
      .describe("Has no effect: every tag without a version is followed by its digest."),
  })
  .prefault({})
  .describe("How image references are written.");

const secondsPer = new Map([
  ["second", 1],
  ["minute", 60],
  ["hour", 3_600],
  ["day", 86_400],
  ["week", 604_800],
  ["month", 2_592_000],
]);

/** It is shown. */
function endpoint() {
  return leaf({ type: "string" }, (written) =>
    /^[^/]*(\/\/[^/]*)?@/.test(written)
      ? { problem: "must not hold a user name or password: set them as Username and Password" }
      : { value: written },
  );
}

/** In seconds. */
function period() {
  const json = {
    anyOf: [{ enum: ["Second", "Minute", "Hour", "Day", "Week", "Month"] }, { type: "integer", minimum: 1 }],
  };
  return leaf(json, (written) => {
    const value = secondsPer.get(written.toLowerCase()) ?? (/^\d{1,9}$/.test(written) ? Number(written) : 0);
    return value > 0
      ? { value }
      : { problem: `must be Second, Minute, Hour, Day, Week, Month or a number of seconds, not \`${written}\`` };
  });
}

const throttle = z.strictObject({
  Limit: integer(0).default(0).describe("How many updated images may be delivered in any such period; 0: none."),
  Per: period()
    .prefault("Hour")
    .describe("The period: Second, Minute, Hour, Day, Week, Month (30 days) or a number of seconds."),
});

export const updateThrottlingSettings = z
  .strictObject({
    QueuePollingFrequencyInSeconds: integer(1)
      .default(10)
      .describe("How often the queue is looked at for what waits for a time."),
    Domains: z
      .record(z.string(), throttle)
      .default({})
      .describe("Limits by registry domain: every update makes somebody pull."),
  })
  .prefault({})
  .describe("How many updates may be delivered in a time.");
