/**
 * Keys without a modifier, for whoever does not type at the moment. They can be switched off, for people whose speech or
 * switch input would press them by accident.
 */
import { computed, signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { keep, readKept } from "./kept.ts";

const on = signal(readKept("shortcuts") !== "off");
export const areShortcutsOn = computed(() => on.value);

export function switchShortcuts(next: boolean): void {
  on.value = next;
  keep("shortcuts", next ? "on" : "off");
}

/** What each key does, or two after each other: `{ "/": …, "g u": … }`. */
export type Shortcuts = Readonly<Record<string, () => void>>;

interface Table {
  readonly shortcuts: Shortcuts;
  readonly isInDialog: boolean;
}

const tables = new Set<Table>();
/** Two keys are a sequence within this time. */
const sequenceMs = 1200;
let before: { readonly key: string; readonly atMs: number } | undefined;

/** While the part of the page that calls it is there; the latest wins. An open dialog leaves only what is in it. */
export function useShortcuts(
  shortcuts: Shortcuts,
  { isInDialog = false }: { readonly isInDialog?: boolean } = {},
): void {
  useEffect(() => {
    const table = { shortcuts, isInDialog };
    tables.add(table);
    return () => {
      tables.delete(table);
    };
  });
}

document.addEventListener("keydown", (event) => {
  if (!on.peek() || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event)) return;
  const isSequence = before !== undefined && event.timeStamp - before.atMs < sequenceMs;
  const run = (isSequence ? find(`${before?.key} ${event.key}`) : undefined) ?? find(event.key);
  before = run === undefined ? { key: event.key, atMs: event.timeStamp } : undefined;
  if (run === undefined) return;
  event.preventDefault();
  run();
});

function find(keys: string): (() => void) | undefined {
  const hasDialog = document.querySelector("dialog:modal") !== null;
  const reachable = [...tables].filter(({ isInDialog }) => isInDialog === hasDialog);
  return reachable.findLast(({ shortcuts }) => Object.hasOwn(shortcuts, keys))?.shortcuts[keys];
}

function isTyping({ target }: Event): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !["checkbox", "radio", "button"].includes(target.type);
  return target.isContentEditable || target.matches("textarea, select");
}
