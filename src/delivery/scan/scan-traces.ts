/** Which traces a scan goes on with, from whoever asked for it to the scan, which may run in another process. */
import * as z from "zod/mini";
import { currentTrace } from "../../telemetry/trace.ts";
import type { DeliveryPorts } from "../delivery-ports.ts";

/** `traceparent`s, the oldest first. */
export const scanTracesSchema = z.object({ traces: z.array(z.string()) });
export type ScanTraces = z.infer<typeof scanTracesSchema>;

type Ports = Pick<DeliveryPorts, "store" | "memory">;

/** Of more than these the others are not told. */
const mostTraces = 16;

/** The next scan of the source goes on with what is open here. It does without where somebody else writes just then. */
export async function leaveScanTrace(source: string, { store, memory }: Ports): Promise<void> {
  const trace = currentTrace();
  if (trace === undefined) return;
  const known = await memory.scanTraces.get(source);
  const traces = known?.value.traces ?? [];
  if (traces.length >= mostTraces) return;
  await store.write([memory.scanTraces.put(source, { traces: [...traces, trace] }, known?.version ?? 0)]);
}

/** Those of whoever has asked since the last scan. */
export async function takeScanTraces(source: string, { store, memory }: Ports): Promise<readonly string[]> {
  const known = await memory.scanTraces.get(source);
  if (known === undefined) return [];
  const outcome = await store.write([memory.scanTraces.delete(source, known.version)]);
  return outcome === "written" ? known.value.traces : [];
}
