/**
 * The first to ask a registry goes alone: what it learns (protocol, address, how to be let in) saves all others the same detour.
 * Resolves to the end of its being alone; undefined once everything is known.
 */
export interface Discovery {
  enter(signal: AbortSignal): Promise<(() => void) | undefined>;
  /** Everything is known: all others may go. */
  finish(): void;
}

export function createDiscovery(): Discovery {
  let isKnown = false;
  let alone: { readonly ended: Promise<void>; readonly end: () => void } | undefined;
  return {
    enter: async (signal) => {
      while (!isKnown && alone !== undefined) await alone.ended;
      signal.throwIfAborted();
      if (isKnown) return undefined;
      const { promise, resolve } = Promise.withResolvers<void>();
      const mine = { ended: promise, end: resolve };
      alone = mine;
      return () => {
        if (alone === mine) alone = undefined;
        mine.end();
      };
    },
    finish: () => {
      isKnown = true;
      alone?.end();
    },
  };
}
