import type { Operation } from "./operation.ts";
import type { Talos } from "./talos.ts";

/** Longer ones are left out: whoever picks one sends exactly it, and Discord takes no longer. */
const longest = 100;

/** What to offer for an argument while it is typed, in any case: first what begins so, then what has it within. */
export async function offerCompletions(
  operation: Operation,
  argument: string,
  typed: string,
  given: Readonly<Record<string, unknown>>,
  talos: Talos,
  limit = 25,
): Promise<readonly string[]> {
  const all = (await operation.complete?.(argument, talos, given)) ?? [];
  const wanted = typed.trim().toLowerCase();
  const fitting = [...new Set(all)]
    .filter((text) => text !== "" && text.length <= longest)
    .map((text) => ({ text, place: text.toLowerCase().indexOf(wanted) }))
    .filter(({ place }) => place >= 0);
  const first = fitting.filter(({ place }) => place === 0);
  const others = fitting.filter(({ place }) => place > 0);
  return [...first, ...others].slice(0, limit).map(({ text }) => text);
}
