import { useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

/** How wide an element is, so that what is drawn in it is as large as text is; 0 before that is known. */
export function useWidth<Shown extends Element>(): { readonly place: RefObject<Shown | null>; readonly width: number } {
  const place = useRef<Shown | null>(null);
  const width = useSignal(0);
  useLayoutEffect(() => {
    const { current } = place;
    if (current === null) return;
    const measure = (): void => {
      width.value = Math.floor(current.getBoundingClientRect().width);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => observer.disconnect();
  }, []);
  return { place, width: width.value };
}
