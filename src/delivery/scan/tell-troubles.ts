import type { TalosEvent } from "../../events/event.ts";
import type { ScanRecord } from "./scan-record.ts";

/**
 * What a scan's troubles are worth telling: each cause once when it comes, and once when all is well again. A scan that
 * found something else than the one before is told too, in a line.
 */
export function tellTroubles(before: ScanRecord | undefined, now: ScanRecord, atMs: number): readonly TalosEvent[] {
  const [former, present] = [describeTrouble(before), describeTrouble(now)];
  const facts = { atMs, actor: "talos", cause: "scan", source: now.source };
  const known = listCauses(before);
  if (present !== undefined && listCauses(now).some((cause) => !known.includes(cause)))
    return [
      {
        ...facts,
        kind: "scan-failed",
        text: present,
        ...(now.hint === undefined ? {} : { facts: { hint: now.hint } }),
      },
    ];
  const summary = describePlan(now);
  return [
    ...(former !== undefined && present === undefined
      ? [{ ...facts, kind: "scan-recovered" as const, text: `well again after: ${former}` }]
      : []),
    ...(summary !== undefined && summary !== describePlan(before)
      ? [
          {
            ...facts,
            kind: "scan-finished" as const,
            text: summary,
            ...(now.commit === undefined ? {} : { commit: now.commit }),
          },
        ]
      : []),
  ];
}

/** Why the scan failed, or what could not be looked up: each cause once, however many references it concerns. */
function listCauses(record: ScanRecord | undefined): readonly string[] {
  if (record === undefined) return [];
  if (record.error !== undefined) return [record.error];
  return [...(record.trouble === undefined ? [] : [record.trouble]), ...unknownCauses(record)];
}

function unknownCauses(record: ScanRecord): readonly string[] {
  const texts = listUnknown(record).flatMap(({ file, reasons: [reason] }) => {
    if (reason === undefined) return [];
    if (reason.code === "file-invalid") return `${file}: ${reason.text}`;
    // How long is left is another with every look.
    return reason.code === "rate-limited" ? (reason.text.split("; it may be asked again", 1)[0] ?? "") : reason.text;
  });
  return [...new Set(texts)];
}

function listUnknown({ plan }: ScanRecord) {
  return plan?.references.filter(({ verdict }) => verdict === "unknown") ?? [];
}

function describeTrouble(record: ScanRecord | undefined): string | undefined {
  if (record === undefined) return undefined;
  if (record.error !== undefined) return record.error;
  const troubles = [record.trouble, describeUnknown(record)].filter((text) => text !== undefined);
  return troubles.length === 0 ? undefined : troubles.join("; ");
}

function describeUnknown(record: ScanRecord): string | undefined {
  const unknown = listUnknown(record);
  if (unknown.length === 0) return undefined;
  const causes = unknownCauses(record);
  return `${unknown.length} could not be decided: ${causes.slice(0, 3).join("; ")}${causes.length > 3 ? "; and more" : ""}`;
}

function describePlan({ plan }: Partial<ScanRecord> = {}): string | undefined {
  if (plan === undefined) return undefined;
  const { references, update, current, held, unknown } = plan.summary;
  const found = references === 1 ? "1 reference" : `${references} references`;
  return `${found}: ${update} to update, ${current} current, ${held} held, ${unknown} unknown`;
}
