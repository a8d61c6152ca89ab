import { currentTrace } from "../../telemetry/trace.ts";
import type { UnreadPlace } from "../../updates/read-references.ts";
import type { ScanResult } from "../../updates/scan-source.ts";
import { referenceId } from "../../updates/target-id.ts";
import type { DeliveryPorts, Source } from "../delivery-ports.ts";
import { describeGroups } from "./group-notices.ts";
import { routeAbsence, routeOutcome } from "./route-outcome.ts";
import { combine, nothing, type RouteContext, type Routed, type TargetMemory } from "./routed.ts";
import { collectOutcomes, type TargetOutcome, targetOf } from "./target-outcome.ts";

/** What a scan found, and what was known when the commit that it is about was asked for. */
export interface ScanToRoute {
  readonly result: ScanResult;
  /** The versions of what was remembered as delivered before that, by key. */
  readonly deliveredBefore: ReadonlyMap<string, number>;
  /** Before the branch was asked for. */
  readonly readMs: number;
  /** While the repository's own settings are wrong nothing is queued, asked or dropped. */
  readonly settingsProblems: readonly UnreadPlace[];
  readonly isBasis: RouteContext["isBasis"];
}

const tries = 20;

/** Writes what becomes of every target, in one step. Made anew when something has changed meanwhile. */
export async function routeScan(source: Source, scan: ScanToRoute, ports: DeliveryPorts): Promise<void> {
  if (scan.settingsProblems.length > 0) return;
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const { changes, events } = await route(source, scan, ports);
    if (changes.length === 0 && events.length === 0) return;
    const outcome = await ports.store.write([...changes, ...events.map((event) => ports.events.append(event))]);
    if (outcome === "written") return;
  }
  throw new Error(`what was found in ${source.id} could not be kept: others were quicker ${tries} times`);
}

async function route(
  source: Source,
  { result, deliveredBefore, readMs, isBasis }: ScanToRoute,
  ports: DeliveryPorts,
): Promise<Routed> {
  const known = await loadTargets(source, ports);
  const context: RouteContext = {
    source: source.id,
    memory: ports.memory,
    readMs,
    isBasis,
    nowMs: ports.now(),
    newId: ports.newId,
    trace: currentTrace(),
  };
  const all = collectOutcomes(source.id, result.references);
  const present = new Set(all.map(({ target }) => target));
  // What was read before a delivery says nothing about the time after it: the next scan looks again.
  const isOvertaken = ({ target }: TargetOutcome) => {
    const delivered = known.get(target)?.delivered;
    return delivered !== undefined && deliveredBefore.get(delivered.key) !== delivered.version;
  };
  const outcomes = all.filter((outcome) => !isOvertaken(outcome));
  const unread = new Set(result.problems.map(({ file }) => file));
  const absent = [...known].filter(([target, memory]) => !present.has(target) && !mayBeUnread(memory, unread));
  return combine([
    ...outcomes.map((outcome) => routeOutcome(outcome, known.get(outcome.target) ?? unknownTarget, context)),
    ...absent.map(([target, memory]) => routeAbsence(memory, explainAbsence(target, result), context)),
    await describeGroups(source.id, result.references, ports),
    outcomes.length === all.length
      ? nothing
      : { changes: [ports.memory.stale.put(source.id, { atMs: ports.now() })], events: [] },
  ]);
}

/** The image may still be there: nobody manages it any more, or it belongs to a group now. */
function explainAbsence(target: string, { references }: ScanResult): string {
  const reference = references.find(({ found }) => referenceId(found) === target);
  if (reference === undefined)
    return target.startsWith("group:") ? "the group is not there any more" : "it is not in the repository any more";
  if (reference.policy !== undefined) return `it is decided with ${targetOf(reference)} now`;
  return reference.verdict.reasons[0]?.text ?? "nobody manages it any more";
}

const unknownTarget: TargetMemory = {
  entry: undefined,
  question: undefined,
  deadLetter: undefined,
  announced: undefined,
  delivered: undefined,
  request: undefined,
};

/** All that is remembered of a source, by target. */
async function loadTargets(
  { id, forge }: Source,
  { memory }: DeliveryPorts,
): Promise<ReadonlyMap<string, TargetMemory>> {
  const prefix = `${id} `;
  const [entries, questions, deadLetters, announced, requests] = await Promise.all([
    memory.queue.list(prefix),
    memory.questions.list(prefix),
    memory.deadLetters.list(prefix),
    memory.announced.list(prefix),
    forge === undefined ? [] : memory.mergeRequests.list(prefix),
  ]);
  // After the queue: an entry that is gone because it was delivered is seen as delivered.
  const delivered = await memory.delivered.list(prefix);
  const targets = new Map<string, TargetMemory>();
  const add = (key: string, part: Partial<TargetMemory>) => {
    const target = key.slice(prefix.length);
    targets.set(target, { ...(targets.get(target) ?? unknownTarget), ...part });
  };
  for (const entry of entries) add(entry.key, { entry });
  for (const question of questions) add(question.key, { question });
  for (const deadLetter of deadLetters) add(deadLetter.key, { deadLetter });
  for (const one of announced) add(one.key, { announced: one });
  for (const one of delivered) add(one.key, { delivered: one });
  for (const request of requests) add(request.key, { request });
  return targets;
}

/** A file that cannot be read says nothing about what is in it. */
function mayBeUnread(
  { entry, question, deadLetter, announced, request }: TargetMemory,
  unread: ReadonlySet<string>,
): boolean {
  const letter = deadLetter?.value;
  const update =
    entry?.value.update ??
    question?.value.update ??
    (letter !== undefined && "update" in letter ? letter.update : undefined) ??
    announced?.value.update ??
    request?.value.latest.entry.update;
  return update === undefined || update.members.some(({ file }) => unread.has(file));
}
