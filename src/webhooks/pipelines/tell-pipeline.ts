import type { KeptDocument } from "../../store/documents.ts";
import type { Change } from "../../store/store.ts";
import type { ReviewPorts } from "../effect-ports.ts";
import { advancePipeline } from "./advance-pipeline.ts";
import { type OwnPipeline, openPipelines, pipelineKey } from "./pipeline.ts";
import { pipelineEvent } from "./pipeline-event.ts";

/** What is written when a state of a pipeline of ours was heard of; nothing where it is no news. */
export function tellPipeline(
  { source, pipeline: heard }: OwnPipeline,
  known: KeptDocument<OwnPipeline> | undefined,
  { store, events, now }: Pick<ReviewPorts, "store" | "events" | "now">,
): readonly Change[] {
  const before = known?.value.pipeline;
  const pipeline = advancePipeline(before, heard);
  if (pipeline === before) return [];
  const own = { source, pipeline };
  return [
    openPipelines(store).own.put(pipelineKey(pipeline), own, known?.version ?? 0),
    ...(pipeline.state === before?.state ? [] : [events.append(pipelineEvent(own, now()))]),
  ];
}
