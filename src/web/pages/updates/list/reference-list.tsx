import { type Signal, useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import type { Reference } from "../../../../http/api/api-schemas.ts";
import { rowActions } from "../../../client/acting/actions.ts";
import { setQuery } from "../../../client/browser/route.ts";
import { useShortcuts } from "../../../client/browser/shortcuts.ts";
import { useMedia } from "../../../client/browser/use-media.ts";
import { mayRun } from "../../../client/resources/operations.ts";
import { arrangeRows, type Row } from "./arrange-rows.ts";
import { FileRow } from "./file-row.tsx";
import { ReferenceRow } from "./reference-row.tsx";
import { nothingSelected, type Selection, toggle, toggleAll } from "./selection.ts";
import { useVisibleRows } from "./use-visible-rows.ts";

const narrow = "(max-width: 760px)";
/** A table of which only the rows in sight are made. */
export function ReferenceList({
  shown,
  selection,
}: {
  readonly shown: readonly Reference[];
  readonly selection: Signal<Selection>;
}) {
  const list = useRef<HTMLDivElement>(null);
  const isNarrow = useMedia(narrow);
  const canSelect = mayRun("update hold");
  const arranged = useMemo(
    () => arrangeRows(shown, (row) => heightOf(row, isNarrow, canSelect)),
    [shown, isNarrow, canSelect],
  );
  const { rows, offsets } = arranged;
  const [from, to] = useVisibleRows(list, offsets);
  const order = useMemo(() => rows.flatMap(({ kind, id }) => (kind === "reference" ? [id] : [])), [rows]);
  const active = useActiveRow({ arranged, order, list, selection });
  const pick = (id: string, isRange: boolean): void => {
    selection.value = toggle(selection.value, id, isRange, order);
    active.value = id;
  };
  const activeIndex = rows.findIndex(({ id }) => id === active.value);
  // The row that has the focus stays, wherever it is: otherwise the focus would be lost by scrolling.
  const isActiveAway = activeIndex >= 0 && (activeIndex < from || activeIndex >= to);
  const made = rows.slice(from, to).map((row, index) => ({ row, index: from + index }));
  const activeRow = rows[activeIndex];
  if (isActiveAway && activeRow !== undefined) made.push({ row: activeRow, index: activeIndex });
  return (
    <div
      class={canSelect ? "references" : "references references-fixed"}
      role="table"
      aria-label="References"
      aria-rowcount={rows.length + 1}
    >
      <ListHead order={order} selection={selection} canSelect={canSelect} />
      <div class="references-body" role="rowgroup" ref={list} style={{ height: `${offsets.at(-1) ?? 0}px` }}>
        {made.map(({ row, index }) => (
          <div
            key={row.id}
            class={`reference-place reference-${row.kind}`}
            role="row"
            aria-rowindex={index + 2}
            data-row={row.id}
            style={placeOf(offsets, index)}
          >
            {row.kind === "file" ? (
              <FileRow row={row} />
            ) : (
              <ReferenceRow
                reference={row.reference}
                id={row.id}
                isSelected={selection.value.ids.has(row.id)}
                canSelect={canSelect}
                onPick={pick}
                onFocus={() => (active.value = row.id)}
              />
            )}
          </div>
        ))}
      </div>
    </div>
  );
}

/** With the lines that updates.css gives them: on narrow screens what can be done stands in a line of its own. */
function heightOf(row: Row, isNarrow: boolean, canAct: boolean): number {
  if (row.kind === "file") return 36;
  if (!isNarrow) return 40;
  return canAct && rowActions(row.reference).length > 0 ? 116 : 80;
}

function placeOf(offsets: readonly number[], index: number): { readonly transform: string; readonly height: string } {
  const [top = 0, bottom = top] = offsets.slice(index, index + 2);
  return { transform: `translateY(${top}px)`, height: `${bottom - top}px` };
}

function ListHead({
  order,
  selection,
  canSelect,
}: {
  readonly order: readonly string[];
  readonly selection: Signal<Selection>;
  readonly canSelect: boolean;
}) {
  const { ids } = selection.value;
  const selected = order.reduce((count, id) => count + (ids.has(id) ? 1 : 0), 0);
  return (
    <div class="references-head" role="rowgroup">
      <div class="reference-row" role="row" aria-rowindex={1}>
        <span role="columnheader" class="reference-check">
          {canSelect ? (
            <input
              type="checkbox"
              aria-label={`Select all ${order.length} shown`}
              checked={selected > 0 && selected === order.length}
              indeterminate={selected > 0 && selected < order.length}
              onChange={() => (selection.value = toggleAll(selection.value, order))}
            />
          ) : undefined}
        </span>
        {["Name", "Version", "Size", "State", "Reasons"].map((title) => (
          <span key={title} role="columnheader" class={`reference-${title.toLowerCase()}`}>
            {title}
          </span>
        ))}
        <span role="columnheader" class="reference-actions">
          <span class="unseen">Actions</span>
        </span>
      </div>
    </div>
  );
}

/** The row that the keys move and act on: the one that was touched last. */
function useActiveRow({
  arranged: { rows, offsets },
  order,
  list,
  selection,
}: {
  readonly arranged: { readonly rows: readonly Row[]; readonly offsets: readonly number[] };
  readonly order: readonly string[];
  readonly list: { readonly current: HTMLElement | null };
  readonly selection: Signal<Selection>;
}): Signal<string | undefined> {
  const active = useSignal<string | undefined>(undefined);
  const wantsFocus = useRef(false);
  const move = (step: number): void => {
    const before = active.value === undefined ? -1 : order.indexOf(active.value);
    const next = order[before < 0 ? 0 : Math.min(order.length - 1, Math.max(0, before + step))];
    if (next === undefined) return;
    wantsFocus.current = true;
    active.value = next;
    const index = rows.findIndex(({ id }) => id === next);
    scrollToRow(list.current, offsets[index] ?? 0, offsets[index + 1] ?? 0);
  };
  useEffect(() => {
    if (!wantsFocus.current || active.value === undefined) return;
    wantsFocus.current = false;
    const row = list.current?.querySelector(`[data-row="${CSS.escape(active.value)}"] .reference-open`);
    if (row instanceof HTMLElement) row.focus({ preventScroll: true });
  });
  const select = (isRange: boolean) => (): void => {
    if (active.value !== undefined && mayRun("update hold"))
      selection.value = toggle(selection.value, active.value, isRange, order);
  };
  useShortcuts({
    j: () => move(1),
    k: () => move(-1),
    x: select(false),
    X: select(true),
    Escape: () => {
      selection.value = nothingSelected;
    },
    o: () => setQuery({ reference: active.value }),
  });
  return active;
}

/** What covers the list at its top and bottom: the head, and the bar about what is selected. */
const coveredHeight = 100;

function scrollToRow(list: HTMLElement | null, top: number, bottom: number): void {
  if (list === null) return;
  const begin = list.getBoundingClientRect().top;
  const [above, below] = [begin + top - coveredHeight, begin + bottom + coveredHeight - window.innerHeight];
  if (above < 0) window.scrollBy(0, above);
  else if (below > 0) window.scrollBy(0, below);
}
