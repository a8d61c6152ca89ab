import * as z from "zod/mini";
import { integrations } from "../tokens/integration.ts";

const urls = z.readonly(z.array(z.string()));
const text = z.optional(z.string());

/** One state of one pipeline (GitHub, Gitea, Forgejo: of one run of a workflow). */
const pipelineEventSchema = z.object({
  kind: z.literal("pipeline"),
  integration: z.enum(integrations),
  /** The same for every state of this pipeline, and for no other of this integration; runs of a re-run are others. */
  id: z.string(),
  /** `me/infra` */
  project: z.string(),
  /** All the ways in which the sender names the repository. */
  urls,
  /** The branch or tag. */
  ref: z.string(),
  state: z.enum(["waiting", "running", "succeeded", "failed", "cancelled", "skipped"]),
  /** The workflow's name, where there can be several for one commit. */
  name: text,
  /** The page. */
  url: text,
  durationSeconds: z.optional(z.number()),
  commit: z.string(),
  /** The commit's message, its first line at least. */
  message: text,
  commitUrl: text,
  /** When this state began, in milliseconds since 1970, as the sender says: what orders the states that come out of order. */
  atMs: z.optional(z.number()),
  /** Started by another pipeline (GitLab's child pipelines): not told. */
  isChild: z.boolean(),
});

/** A branch of a repository has moved. */
const pushEventSchema = z.object({
  kind: z.literal("push"),
  /** All the ways in which the sender names the repository: HTTPS, SSH, its page. */
  urls,
  branch: z.string(),
  /** Where the branch is now; undefined: it was deleted, or the sender does not say. */
  commit: text,
});

/** Something was pushed to a registry. Normal form: `docker.io`, `library/redis`. */
const imageEventSchema = z.object({
  kind: z.literal("image"),
  repository: z.object({ domain: z.string(), path: z.string() }),
});

/** What a delivery says, whoever sent it. Texts are from outside: as sent, and at most a few thousand characters each. */
export const webhookEventSchema = z.discriminatedUnion("kind", [
  pipelineEventSchema,
  pushEventSchema,
  imageEventSchema,
]);

export type WebhookEvent = z.infer<typeof webhookEventSchema>;
export type PipelineEvent = z.infer<typeof pipelineEventSchema>;
export type ImageEvent = z.infer<typeof imageEventSchema>;
