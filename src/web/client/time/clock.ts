/** The time by which ages are worded: it ticks while the page can be seen. */
import { computed, signal } from "@preact/signals";

const tickMs = 5000;
const current = signal(Date.now());
export const nowMs = computed(() => current.value);

setInterval(() => {
  if (document.visibilityState === "visible") current.value = Date.now();
}, tickMs);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") current.value = Date.now();
});
