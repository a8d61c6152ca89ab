/** Short news of what became of something, shown for a while and read out. What went wrong stays until it is closed. */
import { computed, signal } from "@preact/signals";
import type { Tone } from "../../../operations/view.ts";

interface Toast {
  readonly id: number;
  readonly text: string;
  readonly detail?: string;
  readonly tone: Tone;
}

const shownMs = 6000;
const list = signal<readonly Toast[]>([]);
export const toasts = computed(() => list.value);
let lastId = 0;

export function toast(text: string, tone: Tone = "good", detail?: string): void {
  lastId += 1;
  const id = lastId;
  const added = { id, text, tone, ...(detail === undefined ? {} : { detail }) };
  list.value = [...list.value.slice(-3), added];
  if (tone !== "bad") setTimeout(() => closeToast(id), shownMs);
}

export function closeToast(id: number): void {
  list.value = list.value.filter((each) => each.id !== id);
}
