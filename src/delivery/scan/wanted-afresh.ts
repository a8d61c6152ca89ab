/**
 * What registries are to be asked again, whatever the cache holds: all of them because a person wants it, or single
 * repositories because something was pushed there. It stands until a scan that began later has come to its end.
 */
import * as z from "zod/mini";
import type { Repository } from "../../registries/registry.ts";
import type { DeliveryPorts } from "../delivery-ports.ts";
import type { ScanFacts } from "./scan-record.ts";

export const wantedAfreshSchema = z.object({
  /** When everything was wanted last. */
  allMs: z.optional(z.number()),
  repositories: z.array(z.object({ domain: z.string(), path: z.string(), atMs: z.number() })),
});
export type WantedAfresh = z.infer<typeof wantedAfreshSchema>;

const tries = 20;
/** Of more than these everything is asked again. */
const mostRepositories = 500;

/** Writes down what the next scan of a source is to ask again; `of` undefined: everything. */
export async function wantAfresh(
  source: string,
  of: readonly Repository[] | undefined,
  { store, memory, now }: Pick<DeliveryPorts, "store" | "memory" | "now">,
): Promise<void> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const [known, scanned] = await Promise.all([memory.afresh.get(source), memory.scans.get(source)]);
    const wanted = addWanted(unserved(known?.value, scanned?.value), of, now());
    const changes = [memory.afresh.put(source, wanted, known?.version ?? 0), memory.stale.put(source, { atMs: now() })];
    if ((await store.write(changes)) === "written") return;
  }
  throw new Error(`what is to be asked again for ${source} could not be kept: others were quicker ${tries} times`);
}

/** Without what a scan has asked since. `scanned`: the latest before; one that did not end well has served nothing. */
export function unserved(wanted: WantedAfresh | undefined, scanned: ScanFacts | undefined): WantedAfresh {
  const isOpen = (atMs: number) =>
    scanned?.endedMs === undefined || scanned.error !== undefined || atMs >= scanned.startedMs;
  const { allMs, repositories = [] } = wanted ?? {};
  return {
    ...(allMs !== undefined && isOpen(allMs) ? { allMs } : {}),
    repositories: repositories.filter(({ atMs }) => isOpen(atMs)),
  };
}

function addWanted(wanted: WantedAfresh, of: readonly Repository[] | undefined, atMs: number): WantedAfresh {
  if (of === undefined) return { ...wanted, allMs: atMs };
  const isNamed = ({ domain, path }: Repository) => of.some((one) => one.domain === domain && one.path === path);
  const repositories = [
    ...wanted.repositories.filter((one) => !isNamed(one)),
    ...of.map(({ domain, path }) => ({ domain, path, atMs })),
  ];
  return repositories.length > mostRepositories ? { allMs: atMs, repositories: [] } : { ...wanted, repositories };
}

/** Notifications come in bursts: the tags of an image one by one. */
const burstMs = 300;
const longestBurstMs = 2000;

/** Waits for the rest of a burst, so that it is one scan; not at all where nothing has been pushed just now. */
export async function awaitBurst(
  source: string,
  { memory, now, pause }: Pick<DeliveryPorts, "memory" | "now" | "pause">,
  signal: AbortSignal,
): Promise<void> {
  for (let waitedMs = 0; waitedMs < longestBurstMs; ) {
    const { repositories } = (await memory.afresh.get(source))?.value ?? { repositories: [] };
    const sinceMs = now() - Math.max(...repositories.map(({ atMs }) => atMs));
    // A time to come is of another computer's clock, or of one that was set back.
    if (sinceMs < 0 || sinceMs >= burstMs) return;
    waitedMs += burstMs - sinceMs;
    await pause(burstMs - sinceMs, signal);
  }
}
