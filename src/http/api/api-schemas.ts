/**
 * What the API answers to GET, as the OpenAPI document, the routes and the page all read it. Whatever can be done is an
 * operation (`POST /api/v1/operations/<name>`), which answers as `answerSchema` says. Times are milliseconds since 1970.
 * Names that come from repositories, registries, hosts and people are plain text: whoever shows them makes them harmless.
 */
import * as z from "zod/mini";
import { accessLevels } from "../../config/access.ts";
import { answers } from "../../delivery/decisions/question.ts";
import { eventSchema, memberSchema } from "../../events/event.ts";
import { sizes } from "../../images/size.ts";
import { verdictKinds } from "../../updates/verdict.ts";

const count = z.int();
const time = z.number();
const access = z.enum(accessLevels);

/** GET /session */
export const sessionSchema = z.object({
  user: z.string(),
  access,
  via: z.enum(["token", "session", "proxy"]),
  version: z.string(),
});

/** GET /sources */
export const sourceSchema = z.object({
  id: z.string(),
  url: z.string(),
  branch: z.optional(z.string()),
  commit: z.optional(z.string()),
  scannedMs: z.optional(time),
  /** undefined: not known. */
  nextScan: z.optional(z.union([time, z.literal("running")])),
  /** Of the scan under way. */
  progress: z.optional(z.object({ files: count, references: count, decided: count })),
  /** Why the latest scan failed; undefined: it did not. */
  error: z.optional(z.string()),
  hint: z.optional(z.string()),
  counts: z.optional(
    z.object({ references: count, current: count, update: count, held: count, skipped: count, unknown: count }),
  ),
});
export const sourcesSchema = z.object({ sources: z.array(sourceSchema) });

/** What has become of what is newer. `proposed`: nothing yet, or announced; the strategy says what will. */
const updateState = z.enum(["asked", "deferred", "queued", "dead", "held", "proposed"]);
const reason = z.object({ code: z.string(), text: z.string() });

/** GET /references?source=&verdict=&text=&limit=&after= : in the order of sources and files. */
export const referenceSchema = z.object({
  /** `kind:file#pointer`; with the source, its identity. */
  id: z.string(),
  source: z.string(),
  /** The key of what is updated as one: this reference or its group. What operations take as `reference`. */
  key: z.string(),
  kind: z.enum(["compose", "dockerfile", "yaml", "env"]),
  file: z.string(),
  line: z.int(),
  name: z.string(),
  image: z.string(),
  verdict: z.enum(verdictKinds),
  newest: z.nullable(z.object({ tag: z.string(), size: z.enum(sizes) })),
  /** The short form of its policy as closely as that can say it; undefined: it takes no part. */
  policy: z.optional(z.string()),
  group: z.optional(z.string()),
  reasons: z.array(reason),
  warnings: z.array(reason),
  update: z.optional(
    z.object({
      to: z.string(),
      size: z.enum(sizes),
      strategy: z.enum(["push", "prompt", "notify"]),
      state: updateState,
      /** Names the open question: to be sent with an answer, so that no later one is answered unseen. */
      question: z.optional(z.string()),
    }),
  ),
});
export const referencesSchema = z.object({
  references: z.array(referenceSchema),
  /** That match, on all pages. */
  total: count,
  /** `after` of the next page; undefined: this is the last. */
  next: z.optional(z.string()),
});

/** GET /updates: each atomic change that is asked about, queued or failed, and what people hold. */
export const updateSchema = z.object({
  key: z.string(),
  source: z.string(),
  /** `kind:file#pointer` or `group:<name>` */
  target: z.string(),
  name: z.string(),
  size: z.optional(z.enum(sizes)),
  members: z.array(memberSchema),
  state: updateState,
  /** Since when it is in this state. */
  sinceMs: z.optional(time),
  question: z.optional(z.string()),
  /** By whom and why it is held, in words. */
  held: z.optional(z.array(z.string())),
});
export const updatesSchema = z.object({ updates: z.array(updateSchema) });

/** POST /updates/answer: the operation `update answer`. */
export const answerRequestSchema = z.strictObject({
  key: z.string(),
  answer: z.enum(answers),
  question: z.optional(z.string()),
});

/** GET /queue */
export const queueEntrySchema = z.object({
  key: z.string(),
  source: z.string(),
  name: z.string(),
  size: z.enum(sizes),
  members: z.array(memberSchema),
  queuedMs: time,
  /** `policy`, `ada (discord)`, … */
  cause: z.string(),
  attempts: count,
  lastError: z.optional(z.string()),
  wait: z.object({
    kind: z.enum(["ready", "throttle", "cooldown", "window", "back-off", "limit-zero", "too-large", "behind"]),
    text: z.string(),
    untilMs: z.optional(time),
  }),
});
export const queueSchema = z.object({ entries: z.array(queueEntrySchema) });

/** GET /dead-letters */
export const deadLetterSchema = z.object({
  key: z.string(),
  /** undefined, like all that follows but `text` and `reason`: it cannot be read. */
  source: z.optional(z.string()),
  name: z.optional(z.string()),
  size: z.optional(z.enum(sizes)),
  members: z.optional(z.array(memberSchema)),
  reason: z.string(),
  error: z.optional(z.string()),
  attempts: z.optional(count),
  atMs: z.optional(time),
});
export const deadLettersSchema = z.object({ deadLetters: z.array(deadLetterSchema) });

/**
 * GET /events?before=&after=&limit=&source=&kind= : oldest first. With `Accept: text/event-stream` a stream that never ends:
 * each event with its position as the id, resumed by `Last-Event-ID` (or `after`; without either, from now on).
 */
export const loggedEventSchema = z.extend(eventSchema, { position: z.int() });
export const eventsSchema = z.object({
  events: z.array(loggedEventSchema),
  /** `before` of the page before this one; undefined: there is none. */
  before: z.optional(z.int()),
});

/** GET /hosts */
export const hostSchema = z.object({
  name: z.string(),
  address: z.string(),
  state: z.enum(["connecting", "up", "down"]),
  engineVersion: z.optional(z.string()),
  apiVersion: z.optional(z.string()),
  composeVersion: z.optional(z.string()),
  composeProblem: z.optional(z.string()),
  /** Why it is down. */
  reason: z.optional(z.string()),
  hint: z.optional(z.string()),
  sinceMs: z.optional(time),
  nextTryMs: z.optional(time),
  containers: z.object({ all: count, running: count, unhealthy: count }),
});
export const hostsSchema = z.object({ hosts: z.array(hostSchema) });

/** GET /hosts/<name>/containers: as last known, without asking the engine. */
export const containerSchema = z.object({
  id: z.string(),
  name: z.string(),
  image: z.string(),
  /** The label org.opencontainers.image.version. */
  version: z.optional(z.string()),
  state: z.enum(["created", "running", "paused", "restarting", "removing", "exited", "dead"]),
  health: z.optional(z.enum(["starting", "healthy", "unhealthy"])),
  status: z.string(),
  createdMs: time,
  /** The compose project and service. */
  project: z.optional(z.string()),
  service: z.optional(z.string()),
});
export const containersSchema = z.object({ host: z.string(), containers: z.array(containerSchema) });

/** GET /statistics?weeks= */
export const statisticsSchema = z.object({
  /** Oldest first, the current one last; weeks begin on Monday, in the time zone of Talos. */
  weeks: z.array(
    z.object({ startMs: time, delivered: count, reverted: count, failed: count, bySize: z.record(z.string(), count) }),
  ),
  registries: z.array(
    z.object({
      domain: z.string(),
      /** Requests since Talos started, at most of the last 24 hours, by the hour. */
      hours: z.array(z.object({ startMs: time, head: count, get: count })),
      /** What the registry said last. */
      budget: z.optional(z.object({ limit: count, remaining: count, atMs: time })),
      /** UpdateThrottlingSettings. */
      throttle: z.optional(z.object({ limit: count, perSeconds: z.number(), used: count })),
    }),
  ),
});

/** GET /settings (admin): secrets as `[secret]`. */
export const settingsSchema = z.object({
  settings: z.array(z.object({ path: z.string(), value: z.string(), isDefault: z.boolean() })),
});

/** GET /operations: what can be asked for, with the JSON Schema of its arguments. */
export const operationSchema = z.object({
  name: z.string(),
  summary: z.string(),
  access,
  /** Whether the caller may. */
  isAllowed: z.boolean(),
  positional: z.array(z.string()),
  arguments: z.record(z.string(), z.unknown()),
});
export const operationsSchema = z.object({ operations: z.array(operationSchema) });

/** GET /operations/<name>/completions?argument=&text= */
export const completionsSchema = z.object({ completions: z.array(z.string()) });

export type Session = z.infer<typeof sessionSchema>;
export type Source = z.infer<typeof sourceSchema>;
export type Reference = z.infer<typeof referenceSchema>;
export type References = z.infer<typeof referencesSchema>;
export type Update = z.infer<typeof updateSchema>;
export type QueueEntry = z.infer<typeof queueEntrySchema>;
export type DeadLetter = z.infer<typeof deadLetterSchema>;
export type LoggedEvent = z.infer<typeof loggedEventSchema>;
export type Host = z.infer<typeof hostSchema>;
export type Container = z.infer<typeof containerSchema>;
export type Statistics = z.infer<typeof statisticsSchema>;
export type Settings = z.infer<typeof settingsSchema>;
export type OperationDescription = z.infer<typeof operationSchema>;
