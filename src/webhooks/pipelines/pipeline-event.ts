import type { TalosEvent } from "../../events/event.ts";
import { formatClock } from "../../format-clock.ts";
import { type OwnPipeline, type Pipeline, pipelineKey } from "./pipeline.ts";

/** A change of a pipeline's state. `facts.pipeline` is the same for all of one pipeline. */
export function pipelineEvent({ source, pipeline }: OwnPipeline, atMs: number): TalosEvent {
  const { project, ref, state, commit, url, name, durationSeconds, message, commitUrl } = pipeline;
  const number = numberOf(pipeline);
  return {
    kind: "pipeline",
    atMs,
    actor: "talos",
    cause: "webhook",
    source,
    text: describePipeline(pipeline),
    commit,
    ...(url === undefined ? {} : { link: url }),
    facts: {
      pipeline: pipelineKey(pipeline),
      number,
      state,
      project,
      ref,
      ...(name === undefined ? {} : { name }),
      ...(durationSeconds === undefined ? {} : { durationSeconds }),
      ...(message === undefined ? {} : { message }),
      ...(commitUrl === undefined ? {} : { commitLink: commitUrl }),
    },
  };
}

const words: Readonly<Record<Pipeline["state"], string>> = {
  waiting: "waits to run",
  running: "runs",
  skipped: "was skipped",
  cancelled: "was cancelled",
  failed: "failed",
  succeeded: "succeeded",
};

function describePipeline(pipeline: Pipeline): string {
  const { project, ref, state, name, durationSeconds } = pipeline;
  const what = `pipeline ${name === undefined ? "" : `${name} `}#${numberOf(pipeline)}`;
  const lasted = durationSeconds === undefined ? "" : ` in ${formatClock(durationSeconds)}`;
  return `${project} » ${ref}: ${what} ${words[state]}${lasted}`.replace(/\s+/g, " ");
}

/** `12` of `https://git.example/me/infra#12`, and of `…#12.1`, the first run of it. */
function numberOf({ id }: Pipeline): string {
  return id.slice(id.lastIndexOf("#") + 1).replace(/\.1$/, "");
}
