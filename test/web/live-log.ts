import type { Host } from "../../src/hosts/hosts.ts";

export interface LiveLog {
  readonly followLogs: Host["followLogs"];
  write(...lines: readonly string[]): void;
  /** The container has ended: so do all who follow. */
  end(): void;
}

/** What a container writes, when the test says so. */
export function liveLog(before: readonly string[] = []): LiveLog {
  const written: string[] = [...before];
  const changed = new EventTarget();
  let hasEnded = false;
  const tell = (): void => void changed.dispatchEvent(new Event("changed"));
  return {
    async *followLogs(_words, lines, signal) {
      yield written.slice(-lines);
      for (let next = written.length; !signal.aborted; ) {
        if (next < written.length) {
          yield written.slice(next);
          next = written.length;
        } else if (hasEnded) return;
        else await untilChanged(changed, signal);
      }
      throw signal.reason;
    },
    write(...lines) {
      written.push(...lines);
      tell();
    },
    end() {
      hasEnded = true;
      tell();
    },
  };
}

async function untilChanged(changed: EventTarget, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const done = (): void => resolve();
  changed.addEventListener("changed", done, { once: true });
  signal.addEventListener("abort", done, { once: true });
  if (!signal.aborted) await promise;
  changed.removeEventListener("changed", done);
  signal.removeEventListener("abort", done);
}
