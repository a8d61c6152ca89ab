/** What an action on many references comes to: one operation for each update, since the members of a group are one. */
import type { Reference } from "../../../../http/api/api-schemas.ts";
import { type Action, argumentsOf, possibleActions } from "../../../client/acting/actions.ts";
import type { Arguments } from "../../../client/acting/run-operation.ts";

export interface Task {
  readonly key: string;
  /** The names of the references. */
  readonly name: string;
  readonly values: Arguments;
}

export function planMany(action: Action, selected: readonly Reference[]): readonly Task[] {
  const tasks = new Map<string, Task>();
  for (const reference of selected) {
    if (!possibleActions(reference).includes(action)) continue;
    const { key, name, update } = reference;
    const known = tasks.get(key);
    tasks.set(key, {
      key,
      name: known === undefined ? name : `${known.name}, ${name}`,
      values: argumentsOf(action, { key, question: update?.question }),
    });
  }
  return [...tasks.values()];
}
