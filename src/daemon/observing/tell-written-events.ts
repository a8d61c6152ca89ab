import { eventSchema, type TalosEvent } from "../../events/event.ts";
import { eventLog } from "../../events/events.ts";
import type { Store } from "../../store/store.ts";

/** The same store; tells the events that this process has left in the log, once they are there. */
export function tellWrittenEvents(store: Store, onEvent: (event: TalosEvent) => void): Store {
  return {
    collection: (name) => store.collection(name),
    log: (name) => store.log(name),
    window: (name) => store.window(name),
    cache: (name) => store.cache(name),
    takeLease: (name) => store.takeLease(name),
    close: () => store.close(),
    async write(changes, lease) {
      const outcome = await store.write(changes, lease);
      if (outcome !== "written") return outcome;
      for (const change of changes) {
        if (change.kind !== "append" || change.log !== eventLog) continue;
        const event = eventSchema.safeParse(change.value);
        if (event.success) onEvent(event.data);
      }
      return outcome;
    },
  };
}
