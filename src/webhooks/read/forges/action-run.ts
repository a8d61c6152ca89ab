import * as z from "zod/mini";
import type { PipelineEvent } from "../../webhook-event.ts";
import { type Content, events, ignored, malformed, quoted } from "../content.ts";
import { id, optionalMessage, optionalText, part, text } from "../fields.ts";
import { readTime } from "../read-time.ts";
import { repository, urlsOf } from "./repository.ts";

const of = part({ ...repository, full_name: optionalText });

/** Forgejo's `action_run_success`, `action_run_failure` and `action_run_recover`: a run that is over. */
export const actionRunPayload = z.object({
  action: optionalText,
  run: z.object({
    id,
    title: optionalMessage,
    status: optionalText,
    workflow_id: optionalText,
    commit_sha: text,
    prettyref: optionalText,
    html_url: optionalText,
    created: optionalText,
    started: optionalText,
    stopped: optionalText,
    updated: optionalText,
    repository: of,
  }),
  repository: of,
});
type Payload = z.infer<typeof actionRunPayload>;

const states: ReadonlyMap<string, PipelineEvent["state"]> = new Map([
  ["waiting", "waiting"],
  ["blocked", "waiting"],
  ["running", "running"],
  ["success", "succeeded"],
  ["recover", "succeeded"],
  ["failure", "failed"],
  ["cancelled", "cancelled"],
  ["skipped", "skipped"],
]);

export function readActionRun(integration: "gitea" | "forgejo") {
  return ({ action = "", run, repository: outer }: Payload): Content => {
    const state = states.get(run.status ?? "") ?? states.get(action);
    if (state === undefined) return ignored(`runs with the status ${quoted(run.status ?? action)} are not used`);
    const where = run.repository ?? outer;
    if (where?.full_name === undefined) return malformed("run.repository.full_name is missing");
    const page = where.html_url;
    const startMs = readTime(run.started);
    const endMs = readTime(run.stopped);
    return events({
      kind: "pipeline",
      integration,
      id: `${page ?? where.full_name}#${run.id}`,
      project: where.full_name,
      urls: urlsOf(where),
      ref: run.prettyref ?? "",
      state,
      name: run.workflow_id,
      url: run.html_url,
      durationSeconds:
        startMs !== undefined && endMs !== undefined && endMs >= startMs ? (endMs - startMs) / 1000 : undefined,
      commit: run.commit_sha,
      message: run.title,
      commitUrl: page === undefined ? undefined : `${page}/commit/${run.commit_sha}`,
      atMs: endMs ?? readTime(run.updated) ?? startMs ?? readTime(run.created),
      isChild: false,
    });
  };
}
