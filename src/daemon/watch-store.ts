import type { TalosEvent } from "../events/event.ts";
import type { Events } from "../events/events.ts";
import { TalosError } from "../talos-error.ts";
import type { DaemonLog } from "./daemon-log.ts";

interface StoreWatch {
  readonly onGone: (text: string) => void;
  readonly onBack: () => void;
  /** From now on there are events of it too. */
  readonly tellIn: (events: Events) => void;
}

/** Tells once that the store went away, and once that it is back: at once in the log, as events when it takes them again. */
export function watchStore(log: DaemonLog): StoreWatch {
  let events: Events | undefined;
  let gone: { readonly atMs: number; readonly text: string } | undefined;
  return {
    onGone(text) {
      gone = { atMs: Date.now(), text };
      log.error(`${text} Work pauses until it is back.`);
    },
    onBack() {
      const atMs = Date.now();
      const { atMs: goneMs, text } = gone ?? { atMs, text: "The store went away." };
      const back = `Redis is back after ${Math.max(1, Math.round((atMs - goneMs) / 1000))} s`;
      log.info(back);
      const facts = { actor: "talos", cause: "store" };
      void tell([
        { ...facts, kind: "store-gone", atMs: goneMs, text },
        { ...facts, kind: "store-back", atMs, text: back },
      ]);
    },
    tellIn(opened) {
      events = opened;
    },
  };

  /** Gone again meanwhile: that will be told when it is back. */
  async function tell(told: readonly TalosEvent[]): Promise<void> {
    try {
      await events?.tell(...told);
    } catch (error) {
      if (!(error instanceof TalosError)) throw error;
    }
  }
}
