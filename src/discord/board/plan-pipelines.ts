import type { TalosEvent } from "../../events/event.ts";
import type { ShownPipeline } from "./board.ts";
import type { BoardDraft } from "./draft-board.ts";
import type { ChannelsOf } from "./plan-notices.ts";
import type { ToldEvent } from "./told-event.ts";

/** What an event changes about the pipelines that are shown: each has one message in every channel that is told of them. */
export function planPipeline(draft: BoardDraft, { event }: ToldEvent, channelsOf: ChannelsOf): void {
  const content = readPipeline(event);
  if (content === undefined) return;
  const shown = [...draft.messages.values()].filter(
    (message) => message.content.type === "pipeline" && message.content.key === content.key,
  );
  for (const message of shown) draft.change(message, content);
  for (const channelId of channelsOf("Pipeline"))
    if (!shown.some((message) => message.channelId === channelId)) draft.add({ channelId, content }, event.atMs);
}

function readPipeline({ kind, facts = {}, link, commit }: TalosEvent): ShownPipeline | undefined {
  if (kind !== "pipeline") return undefined;
  const { pipeline: key, number, state, project, ref, name, durationSeconds, commitLink, message } = facts;
  if (typeof key !== "string" || typeof state !== "string") return undefined;
  return {
    type: "pipeline",
    key,
    number: String(number ?? ""),
    state,
    project: String(project ?? ""),
    ref: String(ref ?? ""),
    ...(typeof name === "string" ? { name } : {}),
    ...(typeof durationSeconds === "number" ? { durationSeconds } : {}),
    ...(typeof commitLink === "string" ? { commitLink } : {}),
    ...(typeof message === "string" ? { message } : {}),
    ...(link === undefined ? {} : { link }),
    ...(commit === undefined ? {} : { commit }),
  };
}
