import * as z from "zod/mini";
import type { PipelineEvent } from "../../webhook-event.ts";
import { type Content, events, ignored, quoted } from "../content.ts";
import { id, optionalCount, optionalMessage, optionalText, part, text } from "../fields.ts";
import { readTime } from "../read-time.ts";
import { repository, urlsOf } from "./repository.ts";

/** `workflow_run`, of GitHub, and of Gitea, which says less. */
export const workflowRunPayload = z.object({
  workflow_run: z.object({
    id,
    run_attempt: optionalCount,
    name: optionalText,
    display_title: optionalMessage,
    status: text,
    conclusion: optionalText,
    head_sha: text,
    head_branch: optionalText,
    html_url: optionalText,
    created_at: optionalText,
    updated_at: optionalText,
    run_started_at: optionalText,
    started_at: optionalText,
    completed_at: optionalText,
    head_commit: part({ message: optionalMessage }),
  }),
  workflow: part({ name: optionalText }),
  repository: z.object({ ...repository, full_name: text }),
});
type Payload = z.infer<typeof workflowRunPayload>;
type Run = Payload["workflow_run"];

export function readWorkflowRun(integration: "github" | "gitea" | "forgejo") {
  return ({ workflow_run: run, workflow, repository: of }: Payload): Content => {
    const state = stateOf(run);
    if (state === undefined)
      return ignored(`runs with the status ${quoted(`${run.status} ${run.conclusion ?? ""}`.trim())} are not used`);
    const page = of.html_url;
    return events({
      kind: "pipeline",
      integration,
      id: `${page ?? of.full_name}#${run.id}.${run.run_attempt ?? 1}`,
      project: of.full_name,
      urls: urlsOf(of),
      ref: run.head_branch ?? "",
      state,
      name: workflow?.name ?? run.name,
      url: run.html_url,
      durationSeconds: isOver(state) ? durationOf(run) : undefined,
      commit: run.head_sha,
      message: run.head_commit?.message ?? run.display_title,
      commitUrl: page === undefined ? undefined : `${page}/commit/${run.head_sha}`,
      atMs: beginOf(run, state),
      isChild: false,
    });
  };
}

const running: ReadonlyMap<string, PipelineEvent["state"]> = new Map([
  ["requested", "waiting"],
  ["queued", "waiting"],
  ["pending", "waiting"],
  ["waiting", "waiting"],
  ["in_progress", "running"],
]);

const concluded: ReadonlyMap<string, PipelineEvent["state"]> = new Map([
  ["success", "succeeded"],
  ["neutral", "succeeded"],
  ["failure", "failed"],
  ["timed_out", "failed"],
  ["startup_failure", "failed"],
  ["cancelled", "cancelled"],
  ["skipped", "skipped"],
  ["stale", "skipped"],
  ["action_required", "waiting"],
]);

function stateOf({ status, conclusion }: Run): PipelineEvent["state"] | undefined {
  return status === "completed" ? concluded.get(conclusion ?? "") : running.get(status);
}

function isOver(state: PipelineEvent["state"]): boolean {
  return state !== "waiting" && state !== "running";
}

function startOf(run: Run): number | undefined {
  return readTime(run.run_started_at) ?? readTime(run.started_at);
}

function endOf(run: Run): number | undefined {
  return readTime(run.completed_at) ?? readTime(run.updated_at);
}

function durationOf(run: Run): number | undefined {
  const [startMs, endMs] = [startOf(run), endOf(run)];
  return startMs === undefined || endMs === undefined || endMs < startMs ? undefined : (endMs - startMs) / 1000;
}

function beginOf(run: Run, state: PipelineEvent["state"]): number | undefined {
  const latestMs = isOver(state) ? endOf(run) : readTime(run.updated_at);
  return latestMs ?? startOf(run) ?? readTime(run.created_at);
}
