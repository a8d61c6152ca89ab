import type { Quarantine } from "../../delivery/decisions/quarantine.ts";
import type { ViewCell } from "../view.ts";

/** One row for each version that does not go: what, by whom, since. */
export function quarantineRows(quarantine: Quarantine): readonly (readonly ViewCell[])[] {
  return quarantine.map(({ kind, actor, atMs, members }) => {
    const versions = [...new Set(members.map(({ tag }) => tag))].join(", ");
    const what = { held: "held", declined: `ignored ${versions}`, reverted: `undone ${versions}` }[kind];
    return [{ text: what, tone: "warning" }, actor, { atMs }];
  });
}
