import type { FileKind } from "../files/found-reference.ts";
import type { RequestCounts } from "../registries/registry.ts";
import type { PlanDocument, PlannedReference } from "./plan-document.ts";
import type { ProposedEdits, ReferenceWithEdits } from "./plan-reference-edits.ts";
import { writePlannedPolicy } from "./planned-policy.ts";
import type { ScanResult } from "./scan-source.ts";
import { referenceId } from "./target-id.ts";

/** A scan with the name of its source, as its target was given. */
export interface NamedScan {
  readonly source: string;
  readonly result: ScanResult;
}

export function writePlanDocument(
  scans: readonly NamedScan[],
  cost: { readonly requests: RequestCounts; readonly seconds: number },
): PlanDocument {
  const references = scans.flatMap(({ source, result }) =>
    [
      ...result.references.map((reference) => plannedReference(source, reference)),
      ...unreadFiles(source, result.problems),
    ].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0)),
  );
  const count = (verdict: PlannedReference["verdict"]) => references.filter((one) => one.verdict === verdict).length;
  return {
    version: 1,
    references,
    summary: {
      references: references.length,
      current: count("current"),
      update: count("update"),
      held: count("held"),
      skipped: count("skipped"),
      unknown: count("unknown"),
      requests: { head: cost.requests.head, get: cost.requests.get },
      seconds: Math.round(cost.seconds * 100) / 100,
    },
  };
}

function plannedReference(source: string, reference: ReferenceWithEdits): PlannedReference {
  const { found, policy, verdict, proposed, warnings } = reference;
  return {
    id: referenceId(found),
    kind: found.kind,
    source,
    file: found.file,
    pointer: found.pointer,
    line: found.line,
    name: found.name,
    image: found.image,
    ...(found.written === found.image ? {} : { written: found.written }),
    policy: policy === undefined ? null : writePlannedPolicy(policy),
    verdict: verdict.kind,
    newest: verdict.newest ?? null,
    proposals: proposed.map(writeProposal),
    reasons: [...verdict.reasons],
    ...(warnings.length === 0 ? {} : { warnings: [...warnings] }),
  };
}

/** One entry a file, whatever is wrong with it. */
function unreadFiles(source: string, problems: ScanResult["problems"]): readonly PlannedReference[] {
  const entries = new Map<string, PlannedReference>();
  for (const { kind, file, line, column, text } of problems) {
    const place =
      line === undefined ? "" : column === undefined ? `line ${line}: ` : `line ${line}, column ${column}: `;
    const id = `${kind}:${file}#`;
    const known = entries.get(id) ?? unreadFile(id, kind, source, file, line ?? 1);
    const reasons = [...known.reasons, { code: "file-invalid", text: `${place}${text}` }];
    entries.set(id, { ...known, reasons });
  }
  return [...entries.values()];
}

function unreadFile(id: string, kind: FileKind, source: string, file: string, line: number): PlannedReference {
  const nothing = { pointer: "", name: "", image: "", policy: null, newest: null, proposals: [], reasons: [] };
  return { ...nothing, id, kind, source, file, line, verdict: "unknown" };
}

function writeProposal({ proposal, edits }: ProposedEdits): PlannedReference["proposals"][number] {
  return {
    to: proposal.to,
    size: proposal.size,
    strategy: proposal.strategy,
    ...(proposal.group === undefined ? {} : { group: proposal.group }),
    edits: edits.map(({ place, from, to }) => ({ file: place.file, line: place.line, from, to })),
  };
}
