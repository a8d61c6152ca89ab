import type { FileRule } from "./file-rules.ts";
import type { ProposedEdits, ReferenceWithEdits } from "./plan-reference-edits.ts";
import type { ReadableSource } from "./read-references.ts";
import { replaceInSource } from "./replace-in-source.ts";

/** A reference with the proposal that is to be taken. */
export interface ChosenProposal {
  readonly reference: ReferenceWithEdits;
  readonly proposed: ProposedEdits;
}

interface FileChange {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

export type AppliedProposals =
  | { readonly kind: "changed"; readonly files: readonly FileChange[] }
  /** Nothing may be written; `text` says what and where. */
  | { readonly kind: "refused"; readonly text: string };

/** The files of a source with the chosen proposals in them: all of them, read back as intended, or none. */
export function applyProposals(
  source: ReadableSource,
  rules: readonly FileRule[],
  chosen: readonly ChosenProposal[],
): AppliedProposals {
  const replaced = replaceInSource(
    source,
    rules,
    chosen.map(({ reference: { found }, proposed }) => ({
      file: found.file,
      pointer: found.pointer,
      expected: found.image,
      next: proposed.proposal.to,
    })),
  );
  if (replaced.kind === "refused") return { kind: "refused", text: replaced.text };
  const files = [...replaced.texts].map(([path, after]) => {
    const before = source.text(path);
    return { path, before: before.kind === "text" ? before.text : "", after };
  });
  return { kind: "changed", files };
}
