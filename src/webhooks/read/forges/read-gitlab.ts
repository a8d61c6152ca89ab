import * as z from "zod/mini";
import type { PipelineEvent } from "../../webhook-event.ts";
import { type Content, events, ignored, malformed, quoted } from "../content.ts";
import { id, optionalMessage, optionalSeconds, optionalText, part, text } from "../fields.ts";
import { parsePayload } from "../parse-payload.ts";
import { addresses, readPush } from "../read-push.ts";
import { readTime } from "../read-time.ts";

const project = {
  web_url: optionalText,
  git_http_url: optionalText,
  git_ssh_url: optionalText,
};

const pushHook = z.object({ ref: text, after: optionalText, project: z.object(project) });

const pipelineHook = z.object({
  object_attributes: z.object({
    id,
    status: text,
    sha: text,
    ref: text,
    name: optionalText,
    source: optionalText,
    url: optionalText,
    duration: optionalSeconds,
    queued_duration: optionalSeconds,
    created_at: optionalText,
    finished_at: optionalText,
  }),
  project: z.object({ ...project, path_with_namespace: text }),
  commit: part({ title: optionalText, message: optionalMessage, url: optionalText }),
});
type PipelineHook = z.infer<typeof pipelineHook>;

/** Project, group and system hooks. The kind stands in the body; the header says the same for people. */
export function readGitLab(json: Readonly<Record<string, unknown>>): Content {
  const { object_kind: kind } = json;
  if (typeof kind !== "string") return malformed("object_kind must be a text");
  if (kind === "pipeline") return parsePayload(pipelineHook, json, readPipeline);
  if (kind !== "push") return ignored(`events of the kind ${quoted(kind)} are not used`);
  return parsePayload(pushHook, json, ({ ref, after, project: { web_url, git_http_url, git_ssh_url } }) =>
    readPush({ ref, after, urls: addresses(git_http_url, git_ssh_url, web_url) }),
  );
}

const states: ReadonlyMap<string, PipelineEvent["state"]> = new Map([
  ["created", "waiting"],
  ["waiting_for_resource", "waiting"],
  ["waiting_for_callback", "waiting"],
  ["preparing", "waiting"],
  ["pending", "waiting"],
  ["manual", "waiting"],
  ["scheduled", "waiting"],
  ["running", "running"],
  ["canceling", "running"],
  ["success", "succeeded"],
  ["failed", "failed"],
  ["canceled", "cancelled"],
  ["skipped", "skipped"],
]);

function readPipeline({ object_attributes: pipeline, project: of, commit }: PipelineHook): Content {
  const state = states.get(pipeline.status);
  if (state === undefined) return ignored(`pipelines with the status ${quoted(pipeline.status)} are not used`);
  const { web_url: page } = of;
  return events({
    kind: "pipeline",
    integration: "gitlab",
    // Numbers are of one GitLab, and there may be several.
    id: `${page ?? of.path_with_namespace}#${pipeline.id}`,
    project: of.path_with_namespace,
    urls: addresses(of.git_http_url, of.git_ssh_url, page),
    ref: pipeline.ref,
    state,
    name: pipeline.name,
    url: pipeline.url ?? (page === undefined ? undefined : `${page}/-/pipelines/${pipeline.id}`),
    durationSeconds: pipeline.duration,
    commit: pipeline.sha,
    message: commit?.message ?? commit?.title,
    commitUrl: commit?.url,
    atMs: beginOf(state, pipeline),
    isChild: pipeline.source === "parent_pipeline",
  });
}

/** GitLab says when a pipeline was made and when it ended, and for how long it waited in between. */
function beginOf(state: PipelineEvent["state"], pipeline: PipelineHook["object_attributes"]): number | undefined {
  const createdMs = readTime(pipeline.created_at);
  if (state === "waiting" || createdMs === undefined) return createdMs;
  const startedMs = createdMs + (pipeline.queued_duration ?? 0) * 1000;
  return state === "running" ? startedMs : (readTime(pipeline.finished_at) ?? startedMs);
}
