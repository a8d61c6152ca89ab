/** What is selected, by identity, and where the next range begins. */
export interface Selection {
  readonly ids: ReadonlySet<string>;
  /** What was clicked last. */
  readonly anchor: string | undefined;
}

export const nothingSelected: Selection = { ids: new Set(), anchor: undefined };

/** With `isRange` all from the anchor on become what the one that was clicked becomes. `order`: as it is shown. */
export function toggle(selection: Selection, id: string, isRange: boolean, order: readonly string[]): Selection {
  const ids = new Set(selection.ids);
  const isOn = !ids.has(id);
  const range = isRange && selection.anchor !== undefined ? between(order, selection.anchor, id) : [id];
  for (const each of range) {
    if (isOn) ids.add(each);
    else ids.delete(each);
  }
  return { ids, anchor: id };
}

/** All of these, or none of them when all are selected. Others stay as they are. */
export function toggleAll(selection: Selection, order: readonly string[]): Selection {
  const isAll = order.every((id) => selection.ids.has(id));
  const ids = new Set(selection.ids);
  for (const id of order) {
    if (isAll) ids.delete(id);
    else ids.add(id);
  }
  return { ids, anchor: undefined };
}

function between(order: readonly string[], one: string, other: string): readonly string[] {
  const [first, second] = [order.indexOf(one), order.indexOf(other)];
  // The anchor may not be shown any more.
  if (first < 0 || second < 0) return [other];
  return order.slice(Math.min(first, second), Math.max(first, second) + 1);
}
