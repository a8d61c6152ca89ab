import { setTimeout } from "node:timers/promises";
import { z } from "zod";
import type { ScanRecord } from "../../delivery/scan/scan-record.ts";
import type { TalosEvent } from "../../events/event.ts";
import { optional, words } from "../argument-types.ts";
import { completeSource } from "../complete-source.ts";
import { findSources } from "../find-source.ts";
import { defineOperation, type OperationRun, type Progress } from "../operation.ts";
import { plural } from "../plural.ts";
import type { WatchedSource } from "../talos.ts";
import type { View, ViewPart } from "../view.ts";
import { summarisePlan } from "./summarise-plan.ts";

const pollMs = 200;

export const scan = defineOperation({
  name: "scan",
  summary: "look for newer images now",
  arguments: z.strictObject({ source: optional(words(), "Only this source.") }),
  positional: ["source"],
  complete: completeSource,
  access: "operate",
  deadlineSeconds: 3600,
  async *run(run, { source }) {
    const sources = findSources(run.talos, source);
    if (sources.length === 0) return [{ type: "text", text: "no source is configured", tone: "warning" }];
    const position = (await run.talos.events.latest(1)).at(-1)?.position ?? 0;
    const requestedMs = run.talos.now();
    await Promise.all(sources.map((one) => one.requestScan()));
    const records = yield* awaitScans(sources, requestedMs, run);
    const events = (await run.talos.events.read(position, 10_000)).map(({ event }) => event);
    return sources.flatMap((one, index) => describeScan(one, records[index], events));
  },
});

/** The records of the scans that began since then, each once its scan has ended. */
async function* awaitScans(
  sources: readonly WatchedSource[],
  sinceMs: number,
  { signal }: OperationRun,
): AsyncGenerator<Progress, readonly (ScanRecord | undefined)[]> {
  let shown = "";
  for (;;) {
    const records = await Promise.all(sources.map((source) => source.record()));
    const isDone = (record: ScanRecord | undefined) =>
      record !== undefined && record.startedMs >= sinceMs && record.endedMs !== undefined;
    if (records.every(isDone)) return records;
    const text = describeProgress(records, records.filter(isDone).length);
    if (text !== shown) yield { kind: "status", text };
    shown = text;
    await setTimeout(pollMs, undefined, { signal });
  }
}

/** `1 of 3 sources; 12 files, 34 of 120 images decided`, of the scans that are under way. */
function describeProgress(records: readonly (ScanRecord | undefined)[], done: number): string {
  const running = records.filter((record) => record !== undefined && record.endedMs === undefined);
  const sum = (count: "files" | "references" | "decided") =>
    running.reduce((total, record) => total + (record?.progress?.[count] ?? 0), 0);
  const sources = records.length === 1 ? "" : `${done} of ${records.length} sources; `;
  if (running.length === 0) return `${sources}waiting for the scan to begin`;
  return `${sources}${plural(sum("files"), "file")}, ${sum("decided")} of ${sum("references")} images decided`;
}

function describeScan(source: WatchedSource, record: ScanRecord | undefined, events: readonly TalosEvent[]): View {
  const heading: ViewPart = { type: "text", heading: true, text: source.id };
  if (record === undefined) return [heading];
  if (record.error !== undefined) {
    const advice: View = record.hint === undefined ? [] : [{ type: "text", text: record.hint }];
    return [heading, { type: "text", tone: "bad", text: record.error }, ...advice];
  }
  const count = (kind: TalosEvent["kind"]) =>
    events.filter((event) => event.kind === kind && event.source === source.id).length;
  const became = [
    [count("queued"), "queued"],
    [count("question-opened") + count("question-superseded"), "asked"],
    [count("announced"), "announced"],
  ] as const;
  const counts = became.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`);
  const seconds = ((record.endedMs ?? record.startedMs) - record.startedMs) / 1000;
  const what = record.plan === undefined ? "nothing was read" : summarisePlan(record.plan);
  const total = record.plan?.summary.references ?? 0;
  const failures = (record.plan?.references ?? []).filter(({ verdict }) => verdict === "unknown");
  return [
    heading,
    { type: "text", text: total === 0 ? what : `${plural(total, "reference")}: ${what}` },
    { type: "text", text: `${counts.length === 0 ? "nothing new" : counts.join(", ")}; ${seconds.toFixed(1)} s` },
    ...failures.flatMap(({ name, file, reasons }): View => {
      const text = `${name === "" ? file : name}: ${reasons.map((reason) => reason.text).join("; ")}`;
      return [{ type: "text", tone: "bad", text }];
    }),
  ];
}
