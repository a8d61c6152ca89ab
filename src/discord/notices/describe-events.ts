import type { TalosEvent } from "../../events/event.ts";
import type { ImageDescription } from "../../registries/registry.ts";
import type { AboutImage } from "../board/board.ts";
import type { ToldEvent } from "../board/told-event.ts";
import { findNotes } from "../prompts/find-notes.ts";
import type { NoticePorts } from "./notice-ports.ts";

/** A message does not wait longer for what registries say, nor are they asked about more images at once. */
const patienceMs = 5000;
const imagesAtOnce = 25;

/** Events with what registries say of the images that are asked about or announced; as far as they say it in time. */
export async function describeEvents(
  events: readonly TalosEvent[],
  { talos, pause }: Pick<NoticePorts, "talos" | "pause">,
  signal: AbortSignal,
): Promise<readonly ToldEvent[]> {
  const images = [...new Set(events.flatMap((event) => imageOf(event) ?? []))].slice(-imagesAtOnce);
  if (images.length === 0) return events.map((event) => ({ event }));
  const known = new Map<string, AboutImage>();
  const enough = new AbortController();
  const asked = images.map(async (image) => {
    const description = await talos.describeImage(image);
    if (description !== undefined) known.set(image, aboutImage(description));
  });
  const late = pause(patienceMs, AbortSignal.any([signal, enough.signal])).catch(() => undefined);
  await Promise.race([Promise.allSettled(asked), late]);
  enough.abort();
  return events.map((event) => {
    const about = known.get(imageOf(event) ?? "");
    return about === undefined ? { event } : { event, about };
  });
}

/** Of a group its first image stands for the project. */
function imageOf({ kind, members }: TalosEvent): string | undefined {
  return kind === "question-opened" || kind === "announced" ? members?.[0]?.to : undefined;
}

function aboutImage({ createdAt, labels }: ImageDescription): AboutImage {
  const notes = findNotes(labels);
  return {
    ...(createdAt === undefined ? {} : { createdMs: createdAt.getTime() }),
    ...(notes === undefined ? {} : { notes }),
  };
}
