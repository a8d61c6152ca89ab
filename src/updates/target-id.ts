import type { FoundReference } from "../files/found-reference.ts";

/** `kind:file#pointer`: the id of a reference in its source, and of the target that it is by itself. */
export function referenceId({ kind, file, pointer }: Pick<FoundReference, "kind" | "file" | "pointer">): string {
  return `${kind}:${file}#${pointer}`;
}

/** The id of a sync group as a target. */
export function groupId(group: string): string {
  return `group:${group}`;
}
