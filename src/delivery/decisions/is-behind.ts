import { compareTags } from "../../images/compare-tags.ts";
import type { Update } from "../update.ts";
import type { Quarantine } from "./quarantine.ts";

/** Whether an update has left a refused version behind: none of its images is at an older tag, or one of another family. */
export function isBehind(refused: Quarantine[number]["members"], { members }: Update): boolean {
  const delivered = new Map(members.map(({ id, tag }) => [id, tag]));
  return refused.every(({ id, tag }) => {
    const now = delivered.get(id);
    if (now === undefined || now === tag) return true;
    return (compareTags(now, tag) ?? -1) > 0;
  });
}
