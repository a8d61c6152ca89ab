/** The list as rows of known heights, one after the other: so that only those in sight need to be made. */
import type { Reference } from "../../../../http/api/api-schemas.ts";
import { identityOf } from "../../../client/resources/references.ts";

export type Row =
  | {
      readonly kind: "file";
      readonly id: string;
      readonly source: string;
      readonly file: string;
      readonly count: number;
    }
  | { readonly kind: "reference"; readonly id: string; readonly reference: Reference };

export interface Arranged {
  readonly rows: readonly Row[];
  /** Where each row begins; one more at the end: where the last one ends. */
  readonly offsets: readonly number[];
}

/** In the order given, with a row before each file's references. */
export function arrangeRows(references: readonly Reference[], heightOf: (row: Row) => number): Arranged {
  const rows: Row[] = [];
  const offsets: number[] = [0];
  let end = 0;
  const add = (row: Row): void => {
    rows.push(row);
    end += heightOf(row);
    offsets.push(end);
  };
  for (let index = 0; index < references.length; ) {
    const first = references[index];
    if (first === undefined) break;
    let next = index + 1;
    while (isSameFile(first, references[next])) next += 1;
    const { source, file } = first;
    add({ kind: "file", id: `${source} ${file}`, source, file, count: next - index });
    for (const reference of references.slice(index, next))
      add({ kind: "reference", id: identityOf(reference), reference });
    index = next;
  }
  return { rows, offsets };
}

function isSameFile(one: Reference, other: Reference | undefined): boolean {
  return other !== undefined && other.source === one.source && other.file === one.file;
}

/** The rows between two heights: from the first, up to but without the second. */
export function rowsBetween(offsets: readonly number[], top: number, bottom: number): readonly [number, number] {
  const last = Math.max(0, offsets.length - 1);
  const from = Math.max(0, firstAbove(offsets, top) - 1);
  return [Math.min(from, last), Math.min(firstAbove(offsets, bottom), last)];
}

/** The first offset that is greater. */
function firstAbove(offsets: readonly number[], height: number): number {
  let low = 0;
  let high = offsets.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((offsets[middle] ?? Number.POSITIVE_INFINITY) > height) high = middle;
    else low = middle + 1;
  }
  return low;
}
