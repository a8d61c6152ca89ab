/** Asks a person to confirm an operation, runs it and shows its answer: in one dialog that belongs to the whole page. */
import { computed, signal } from "@preact/signals";
import type { View } from "../../../operations/view.ts";
import type { Arguments } from "./run-operation.ts";

export interface Confirmation {
  /** The title, and the words on the button. */
  readonly title: string;
  readonly operation: string;
  readonly values: Arguments;
  /** What it means; otherwise the arguments are shown. */
  readonly about?: string;
  readonly isDanger?: boolean;
  /** What only looks needs no second click. */
  readonly isRunAtOnce?: boolean;
  /** Gets the answer when it went well, and the dialog closes. */
  readonly onAnswer?: (view: View) => void;
}

const current = signal<(Confirmation & { readonly id: number }) | undefined>(undefined);
export const confirmation = computed(() => current.value);
let lastId = 0;

export function confirmOperation(next: Confirmation): void {
  lastId += 1;
  current.value = { ...next, id: lastId };
}

export function closeConfirmation(): void {
  current.value = undefined;
}
