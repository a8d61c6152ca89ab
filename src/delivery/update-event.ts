import type { EventKind, TalosEvent } from "../events/event.ts";
import type { Update } from "./update.ts";

type EventFacts = Pick<TalosEvent, "atMs" | "text"> & Partial<Omit<TalosEvent, "kind" | "members" | "size">>;

/** An event about an update. Whoever is not named is Talos, by policy. */
export function updateEvent(kind: EventKind, { source, target, size, members }: Update, facts: EventFacts): TalosEvent {
  return {
    kind,
    actor: "talos",
    cause: "policy",
    source,
    subject: target,
    size,
    members: members.map(({ file, pointer, name, from, to }) => ({ file, pointer, name, from, to })),
    ...facts,
  };
}
