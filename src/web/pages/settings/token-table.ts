import type { View, ViewCell } from "../../../operations/view.ts";

export type ViewTable = Extract<View[number], { readonly type: "table" }>;

/** The table of an answer whose rows begin with a name. */
export function tableOf(view: View): ViewTable | undefined {
  const table = view.find((part) => part.type === "table");
  return table?.type === "table" && table.columns[0]?.toLowerCase() === "name" ? table : undefined;
}

export function cellText(cell: ViewCell | undefined): string {
  if (cell === undefined) return "";
  if (typeof cell === "string") return cell;
  return "text" in cell ? cell.text : "";
}
