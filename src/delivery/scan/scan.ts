/**
 * One scan of a source: look, decide, and route what came out. A source whose branch has not moved, and whose answers are
 * all still fresh, costs one `git ls-remote`. The scan reads and decides without any lock; what it then writes, it writes
 * in one step, which fails and is made anew when a delivery or a person was quicker.
 */
import type { TalosEvent } from "../../events/event.ts";
import { withFreshAnswers } from "../../registries/fresh-answers.ts";
import type { Registries } from "../../registries/registry.ts";
import type { BranchHead } from "../../sources/git-repository.ts";
import type { KeptDocument } from "../../store/documents.ts";
import type { Change } from "../../store/store.ts";
import { TalosError } from "../../talos-error.ts";
import { inSpan, linkTrace, resumeTrace } from "../../telemetry/trace.ts";
import type { PlanDocument } from "../../updates/plan-document.ts";
import { type ScanProgress, type ScanResult, scanSource } from "../../updates/scan-source.ts";
import { writePlanDocument } from "../../updates/write-plan-document.ts";
import { loadQuarantine, quarantineOf } from "../decisions/load-quarantine.ts";
import type { Delivered, DeliveryMemory } from "../delivery-memory.ts";
import type { DeliveryPorts, Source } from "../delivery-ports.ts";
import { describeBasis } from "../merge-requests/describe-basis.ts";
import type { Basis } from "../merge-requests/merge-request.ts";
import { reviewRequests } from "../merge-requests/review-requests.ts";
import { setAsideUnreadable } from "../queue/set-aside-unreadable.ts";
import { fingerprintSettings } from "./fingerprint-settings.ts";
import { forgetUnreadable } from "./forget-unreadable.ts";
import { readSource, type SourceReading } from "./read-source.ts";
import { routeScan } from "./route-scan.ts";
import { keepScanRecord, readScanRecord, type ScanRecord } from "./scan-record.ts";
import { summariseScan } from "./scan-summary.ts";
import { takeScanTraces } from "./scan-traces.ts";
import { tellTroubles } from "./tell-troubles.ts";
import { unserved, type WantedAfresh } from "./wanted-afresh.ts";
import { watchUndone } from "./watch-undone.ts";

export interface ScanOptions {
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: ScanProgress) => void;
}

/**
 * The record of the scan, which is also kept. Throws what made the scan fail as a whole, after it was recorded. It goes on
 * with the trace of whoever asked for it.
 */
export async function scan(source: Source, ports: DeliveryPorts, options: ScanOptions): Promise<ScanRecord> {
  const [first, ...others] = await takeScanTraces(source.id, ports);
  return resumeTrace(first, () =>
    inSpan("talos", "scan", { "talos.source": source.id }, async (span) => {
      for (const other of others) linkTrace(other);
      const record = await scanOnce(source, ports, options);
      if (record.commit !== undefined) span.set({ "talos.commit": record.commit });
      span.set({ "talos.references": record.plan?.references.length ?? 0 });
      return record;
    }),
  );
}

async function scanOnce(source: Source, ports: DeliveryPorts, options: ScanOptions): Promise<ScanRecord> {
  const { memory, store } = ports;
  const startedMs = ports.now();
  const before = await readScanRecord(source.id, memory);
  await store.write(keepScanRecord({ ...before, source: source.id, startedMs, endedMs: undefined }, before, memory));
  try {
    // Before the branch is asked for: what was merged by then is on it, what is delivered from now on may be or not.
    const trouble = await reviewRequests(source, ports, options.signal);
    const delivered = await memory.delivered.list(`${source.id} `);
    const head = await source.repository.readHead(options.signal);
    const record = (await isFresh(source, head, before, ports))
      ? { ...unfinished(before, source.id), startedMs: before?.startedMs ?? startedMs }
      : await scanCommit(source, head, { before, startedMs, delivered }, ports, options);
    const ended = { ...record, ...(trouble === undefined ? {} : { trouble }), endedMs: ports.now() };
    const events = tellTroubles(before, ended, ports.now());
    await store.write([...keep(ended, before, memory), ...events.map((event) => ports.events.append(event))]);
    return ended;
  } catch (error) {
    options.signal.throwIfAborted();
    await recordFailure(error, source, { ...unfinished(before, source.id), startedMs }, before, ports);
    throw error;
  }
}

function keep(record: ScanRecord, before: ScanRecord | undefined, memory: DeliveryMemory): readonly Change[] {
  return [...keepScanRecord(record, before, memory), memory.scanSummaries.put(record.source, summariseScan(record))];
}

function unfinished(before: ScanRecord | undefined, source: string): ScanRecord {
  const {
    error: _error,
    hint: _hint,
    trouble: _trouble,
    progress: _progress,
    ...rest
  } = before ?? { source, startedMs: 0 };
  return rest;
}

/** Nothing can have changed: same commit, answers still in the cache, nothing that time or a person changes. */
async function isFresh(
  source: Source,
  head: BranchHead,
  record: ScanRecord | undefined,
  ports: DeliveryPorts,
): Promise<boolean> {
  const { id } = source;
  const { memory, now, cacheSeconds } = ports;
  // A scan that did not come to its end has looked at nothing: its record holds the plan of the one before.
  if (record?.plan === undefined || record.endedMs === undefined || record.error !== undefined) return false;
  if (record.commit !== head.commit || record.settings !== fingerprintSettings(source, ports)) return false;
  if (now() - record.startedMs >= cacheSeconds * 1000) return false;
  const stale = await memory.stale.get(id);
  if (stale !== undefined && stale.value.atMs >= record.startedMs) return false;
  if (record.plan.references.some(({ verdict, reasons }) => verdict === "unknown" || reasons.some(isTimeBound)))
    return false;
  const [questions, letters] = await Promise.all([memory.questions.list(`${id} `), memory.deadLetters.list(`${id} `)]);
  return letters.length === 0 && questions.every(({ value }) => value.state === "open");
}

function isTimeBound({ code }: { readonly code: string }): boolean {
  return code === "not-aged" || code === "outside-window";
}

async function scanCommit(
  source: Source,
  head: BranchHead,
  { before, startedMs, delivered }: Circumstances,
  ports: DeliveryPorts,
  options: ScanOptions,
): Promise<ScanRecord> {
  await setAsideUnreadable(source.id, ports);
  await forgetUnreadable(source.id, ports);
  const reading = await readSource(source, head, ports, options.signal);
  await watchUndone(delivered, reading, ports);
  const afresh = unserved((await ports.memory.afresh.get(source.id))?.value, before);
  const asked = { ...ports, registries: askAfresh(ports.registries, afresh) };
  const result = await decide(source, reading, {}, asked, options);
  const deliveredBefore = new Map(delivered.map(({ key, version }) => [key, version]));
  const { settingsProblems, snapshot } = reading;
  const isBasis = ({ files, digest }: Basis) => describeBasis(files, snapshot).digest === digest;
  await routeScan(source, { result, deliveredBefore, readMs: startedMs, settingsProblems, isBasis }, ports);
  const plan = describe(source, result);
  return { source: source.id, startedMs, ...head, settings: fingerprintSettings(source, ports), plan };
}

interface Circumstances {
  readonly before: ScanRecord | undefined;
  readonly startedMs: number;
  /** Before the branch was asked for. */
  readonly delivered: readonly KeptDocument<Delivered>[];
}

/** Decides the references of a commit, heeding what people have decided before. */
export async function decide(
  source: Source,
  { snapshot, rules, settingsProblems }: SourceReading,
  wish: Pick<Parameters<typeof scanSource>[1], "isWanted">,
  ports: DeliveryPorts,
  { signal, onProgress }: ScanOptions,
): Promise<ScanResult> {
  const quarantine = quarantineOf(await loadQuarantine(source.id, ports.memory));
  const result = await scanSource(
    snapshot,
    { rules, quarantine, ...wish },
    {
      registries: ports.registries,
      sightings: ports.sightings,
      moment: { nowMs: ports.now(), timeZone: ports.timeZone },
      signal,
      onProgress,
    },
  );
  return { ...result, problems: [...settingsProblems, ...result.problems] };
}

function askAfresh(registries: Registries, afresh: WantedAfresh): Registries {
  if (afresh.allMs !== undefined) return withFreshAnswers(registries);
  return afresh.repositories.length === 0 ? registries : withFreshAnswers(registries, afresh.repositories);
}

/** Without what it cost, which would make another plan of the same findings. */
function describe({ id }: Source, result: ScanResult): PlanDocument {
  return writePlanDocument([{ source: id, result }], { requests: { head: 0, get: 0 }, seconds: 0 });
}

async function recordFailure(
  error: unknown,
  source: Source,
  record: ScanRecord,
  before: ScanRecord | undefined,
  { store, memory, events, now }: DeliveryPorts,
): Promise<void> {
  if (error instanceof TalosError && error.code === "store-unreachable") return;
  const failed: ScanRecord = {
    ...record,
    endedMs: now(),
    error: error instanceof Error ? error.message : String(error),
    ...(error instanceof TalosError && error.hint !== undefined ? { hint: error.hint } : {}),
  };
  const told: readonly TalosEvent[] = tellTroubles(before, failed, now());
  await store.write([...keep(failed, before, memory), ...told.map((event) => events.append(event))]);
}
