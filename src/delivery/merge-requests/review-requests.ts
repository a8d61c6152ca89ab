/**
 * Looks, at each scan, what people have done with the merge requests of a source: one look at the server for each. It
 * only writes down what it finds; what follows from that for branches and requests is done by the next delivery, under
 * its lease.
 */
import type { Forge } from "../../sources/forge.ts";
import type { KeptDocument } from "../../store/documents.ts";
import { TalosError } from "../../talos-error.ts";
import type { DeliveryPorts, Source } from "../delivery-ports.ts";
import { type KeptRequest, openlyShown } from "./merge-request.ts";
import { settleRequest } from "./settle-request.ts";

/** What was in the way; undefined: nothing. The scan goes on without: then all requests are taken to be as they were. */
export async function reviewRequests(
  source: Source,
  ports: DeliveryPorts,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (source.forge === undefined) return undefined;
  try {
    for (const kept of await ports.memory.mergeRequests.list(`${source.id} `))
      if (openlyShown(kept.value) !== undefined) await review(kept, source, source.forge, ports, signal);
    return undefined;
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof TalosError && error.code !== "store-unreachable") return error.message;
    throw error;
  }
}

/** Whoever was quicker knows better; the next scan looks again. */
async function review(
  kept: KeptDocument<KeptRequest>,
  { repository }: Source,
  forge: Forge,
  ports: DeliveryPorts,
  signal: AbortSignal,
): Promise<void> {
  const { key, value, version } = kept;
  const found = await forge.find(value.branch, value.base, signal);
  if (found?.state !== "open") {
    await ports.store.write(await settleRequest(kept, found, ports));
    return;
  }
  const isForeign = value.isForeign === true && !isOwn(await repository.readBranch(value.branch, signal), value);
  if (isForeign === (value.isForeign ?? false) && found.number === value.number) return;
  const known = { ...value, number: found.number, url: found.url, isForeign };
  await ports.store.write([ports.memory.mergeRequests.put(key, known, version)]);
}

/** Whether nothing but Talos's work is on the branch. undefined: there is no branch. */
export function isOwn(tip: string | undefined, request: Pick<KeptRequest, "made"> | undefined): boolean {
  return tip === undefined || request?.made.includes(tip) === true;
}
