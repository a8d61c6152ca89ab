import { useEffect } from "preact/hooks";
import type { Resource } from "./resource.ts";

/** For what changes without an event: asked for again and again while it is shown and the page can be seen. */
export function usePolling<T>(resource: Resource<T>, everyMs: number): void {
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") void resource.refresh();
    }, everyMs);
    return () => clearInterval(timer);
  }, [resource, everyMs]);
}
