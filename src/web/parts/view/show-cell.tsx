import type { ViewCell } from "../../../operations/view.ts";
import { Time } from "../text/time.tsx";

export function ShowCell({ cell }: { readonly cell: ViewCell }) {
  if (typeof cell === "string") return <>{cell}</>;
  if ("atMs" in cell) return <Time atMs={cell.atMs} as={cell.exact === true ? "exact" : "near"} />;
  return <span class={`text-${cell.tone}`}>{cell.text}</span>;
}
