/**
 * What is remembered of pipelines (of GitHub, Gitea and Forgejo: of runs of a workflow). What a newcomer would get wrong:
 *
 * - Only those of commits that Talos has made are told. Which these are is written down before a commit is pushed, so that
 *   no forge is too quick. A commit that a person or a forge made of one of ours (rebased, squashed, merged) has another id
 *   and has to be looked at; until then its pipeline waits.
 * - States come late, twice and in any order. What counts is when the forge says that they began.
 */
import * as z from "zod/mini";
import { webAddress } from "../../sources/forges/web-address.ts";
import { type Documents, openDocuments } from "../../store/documents.ts";
import type { Store } from "../../store/store.ts";
import type { PipelineEvent } from "../webhook-event.ts";

/** In the order in which a pipeline may go through them; of two that began at the same time the later one counts. */
export const pipelineStates = ["waiting", "running", "skipped", "cancelled", "failed", "succeeded"] as const;

/** The latest state. */
const pipelineSchema = z.object({
  id: z.string(),
  integration: z.string(),
  project: z.string(),
  ref: z.string(),
  state: z.enum(pipelineStates),
  atMs: z.optional(z.number()),
  commit: z.string(),
  name: z.optional(z.string()),
  url: z.optional(z.string()),
  durationSeconds: z.optional(z.number()),
  message: z.optional(z.string()),
  commitUrl: z.optional(z.string()),
  /** When Talos heard of it. */
  heardMs: z.number(),
});
export type Pipeline = z.infer<typeof pipelineSchema>;

/** Of a commit of ours, in that source. */
const ownPipelineSchema = z.object({ source: z.string(), pipeline: pipelineSchema });
export type OwnPipeline = z.infer<typeof ownPipelineSchema>;

/** Of a commit that is not known yet: where it may be one of ours. */
const waitingPipelineSchema = z.object({
  pipeline: pipelineSchema,
  places: z.array(z.object({ source: z.string(), branch: z.string() })),
  sinceMs: z.number(),
  /** How often it was looked for in vain. */
  looks: z.number(),
  nextMs: z.number(),
});
export type WaitingPipeline = z.infer<typeof waitingPipelineSchema>;

export interface PipelineMemory {
  readonly own: Documents<OwnPipeline>;
  readonly waiting: Documents<WaitingPipeline>;
}

export function openPipelines(store: Store): PipelineMemory {
  return {
    own: openDocuments(store, "pipeline", ownPipelineSchema),
    waiting: openDocuments(store, "pipeline-waiting", waitingPipelineSchema),
  };
}

export function pipelineKey({ integration, id }: Pick<Pipeline, "integration" | "id">): string {
  return `${integration} ${id}`;
}

/** As it is kept: nothing from outside is longer than a person can use. */
export function readPipeline(event: PipelineEvent, heardMs: number): Pipeline {
  const { name, url, durationSeconds, message, commitUrl, atMs } = event;
  const isAddress = (address: string) => address.length <= longestAddress && webAddress.safeParse(address).success;
  return {
    id: event.id.slice(0, longestAddress),
    integration: event.integration,
    project: event.project.slice(0, longestName),
    ref: event.ref.slice(0, longestName),
    state: event.state,
    commit: event.commit,
    heardMs,
    ...(atMs === undefined ? {} : { atMs }),
    ...(name === undefined ? {} : { name: name.slice(0, longestName) }),
    ...(url !== undefined && isAddress(url) ? { url } : {}),
    ...(durationSeconds === undefined ? {} : { durationSeconds }),
    ...(message === undefined ? {} : { message: message.slice(0, longestMessage) }),
    ...(commitUrl !== undefined && isAddress(commitUrl) ? { commitUrl } : {}),
  };
}

const longestName = 300;
const longestAddress = 2000;
const longestMessage = 3000;
