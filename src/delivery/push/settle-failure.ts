import { TalosError } from "../../talos-error.ts";
import type { KeyedEntry } from "../queue/decide-queue.ts";
import type { DeliveryWork } from "./delivery-work.ts";
import { buryEntry, retryEntry } from "./settle-entries.ts";
import { writeMade } from "./write-held.ts";

/** What failed is tried again when it may pass, and is a dead letter else. Throws again what is no failure of entries. */
export async function settleFailure(error: unknown, entries: readonly KeyedEntry[], work: DeliveryWork): Promise<void> {
  work.signal.throwIfAborted();
  if (!(error instanceof TalosError) || error.code === "lease-lost" || error.code === "store-unreachable") throw error;
  if (error.retryable) await retryAll(entries, error.message, work, error.retryAfterSeconds);
  else await buryAll(entries, error.hint === undefined ? error.message : `${error.message}: ${error.hint}`, work);
}

export async function retryAll(
  entries: readonly KeyedEntry[],
  text: string,
  { ports, lease }: DeliveryWork,
  afterSeconds = 0,
): Promise<void> {
  for (const keyed of entries) await writeMade(ports.store, () => retryEntry(keyed, text, ports, afterSeconds), lease);
}

export async function buryAll(
  entries: readonly KeyedEntry[],
  text: string,
  { ports, lease }: DeliveryWork,
): Promise<void> {
  for (const keyed of entries) await writeMade(ports.store, () => buryEntry(keyed, text, ports), lease);
}
