import type { ComponentChildren } from "preact";

export interface Column<Row> {
  readonly title: string;
  readonly show: (row: Row) => ComponentChildren;
  /** `number`: to the end, in figures of one width. `name`: the heading of its row. `actions`: buttons. */
  readonly kind?: "number" | "name" | "actions";
}

/** On narrow screens each row becomes a block, with the column's title before each value. */
export function Table<Row>({
  caption,
  columns,
  rows,
  keyOf,
}: {
  /** Read out, not seen. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row, index: number) => string | number;
}) {
  return (
    <table class="table" role="table">
      <caption class="unseen">{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map(({ title, kind }) => (
            <th key={title} scope="col" role="columnheader" class={kind}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row, index) => (
          <tr key={keyOf(row, index)} role="row">
            {columns.map((column) => (
              <Cell key={column.title} column={column} row={row} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell<Row>({ column: { title, kind, show }, row }: { readonly column: Column<Row>; readonly row: Row }) {
  const content = (
    <>
      <span class="cell-title" aria-hidden="true">
        {title}
      </span>
      <span class="cell-value">{show(row)}</span>
    </>
  );
  if (kind === "name")
    return (
      <th scope="row" role="rowheader" class="name">
        {content}
      </th>
    );
  return (
    <td role="cell" class={kind}>
      {content}
    </td>
  );
}
