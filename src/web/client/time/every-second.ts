import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";

const current = signal(Date.now());
let users = 0;
let timer: ReturnType<typeof setInterval> | undefined;

/** The time, to the second; it ticks only while something counts down. */
export function useSeconds(): number {
  useEffect(() => {
    users += 1;
    current.value = Date.now();
    timer ??= setInterval(() => {
      if (document.visibilityState === "visible") current.value = Date.now();
    }, 1000);
    return () => {
      users -= 1;
      if (users > 0) return;
      clearInterval(timer);
      timer = undefined;
    };
  }, []);
  return current.value;
}
