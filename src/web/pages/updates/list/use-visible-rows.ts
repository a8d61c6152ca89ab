import { useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useLayoutEffect } from "preact/hooks";
import { rowsBetween } from "./arrange-rows.ts";

/** Made before they come into sight. */
const spareHeight = 500;

/** Which rows of the list are in sight, while the window scrolls. */
export function useVisibleRows(
  list: RefObject<HTMLElement | null>,
  offsets: readonly number[],
): readonly [number, number] {
  const sight = useSignal({ top: 0, height: window.innerHeight });
  useLayoutEffect(() => {
    const look = (): void => {
      const top = -(list.current?.getBoundingClientRect().top ?? 0);
      const height = window.innerHeight;
      const before = sight.peek();
      // Rows are exchanged some at a time.
      if (Math.abs(before.top - top) > spareHeight / 3 || before.height !== height) sight.value = { top, height };
    };
    look();
    window.addEventListener("scroll", look, { passive: true });
    window.addEventListener("resize", look, { passive: true });
    return () => {
      window.removeEventListener("scroll", look);
      window.removeEventListener("resize", look);
    };
  }, [offsets]);
  const { top, height } = sight.value;
  return rowsBetween(offsets, top - spareHeight, top + height + spareHeight);
}
