import type { LoggedEvent } from "../../events/events.ts";

/** Waits for what comes into the log after what was read. */
export interface News {
  /** From which position to read on; undefined: `until` resolved first; `ended`: nothing will come any more. */
  next(readTo: number, until: Promise<unknown>): Promise<number | "ended" | undefined>;
}

/** `entries` follow the log from `position`. */
export function awaitNews(entries: AsyncIterator<LoggedEvent>, position: number): News {
  let coming: Promise<IteratorResult<LoggedEvent>> | undefined;
  let latest = position;
  return {
    async next(readTo, until) {
      for (;;) {
        coming ??= entries.next();
        // Whoever does not wait any more does not want to hear of it either.
        coming.catch(() => undefined);
        const came = await Promise.race([coming, until.then(() => undefined)]);
        if (came === undefined) return undefined;
        if (came.done === true) return "ended";
        coming = undefined;
        const at = came.value.position;
        const hasBegunAnew = at <= latest;
        latest = at;
        if (hasBegunAnew) return at - 1;
        if (at > readTo) return readTo;
      }
    },
  };
}
