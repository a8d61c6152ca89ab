/** Light, dark, or as the system is: kept in this browser. */
import { computed, effect, signal } from "@preact/signals";
import { keep, readKept } from "./kept.ts";

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

const chosen = signal<Theme>(themes.find((theme) => theme === readKept("theme")) ?? "system");
export const theme = computed(() => chosen.value);

effect(() => {
  if (chosen.value === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = chosen.value;
});

export function chooseTheme(next: Theme): void {
  chosen.value = next;
  keep("theme", next);
}
