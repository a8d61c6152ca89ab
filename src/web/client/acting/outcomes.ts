/** What is being done about an update, or was done on this page a moment ago, by its key. */
import { computed, signal } from "@preact/signals";
import { type Answer, type Arguments, firstText, runOperation } from "./run-operation.ts";
import { toast } from "./toasts.ts";

const busy = signal<ReadonlySet<string>>(new Set());
export const busyKeys = computed(() => busy.value);

/** Runs it, and tells in a toast what became of it. */
export async function actOn(
  { key, name }: { readonly key: string; readonly name: string },
  operation: string,
  values: Arguments,
): Promise<Answer> {
  busy.value = new Set([...busy.value, key]);
  try {
    const answer = await runOperation(operation, values);
    if (answer.ok) toast(firstText(answer));
    else toast(`${name}: ${firstText(answer)}`, "bad", answer.failure?.hint);
    return answer;
  } finally {
    busy.value = new Set([...busy.value].filter((one) => one !== key));
  }
}
