import type { BranchHead } from "../../sources/git-repository.ts";
import type { Lease } from "../../store/store.ts";
import type { DeliveryPorts, Source } from "../delivery-ports.ts";
import { recordDelivered } from "./record-delivered.ts";
import { writeMade } from "./write-held.ts";

/** How long a push whose process or connection has died may still be under way. */
export const lateMs = 15 * 60_000;

/**
 * Looks for the commits that were to be pushed when a process died or a server did not answer. One that the branch has at
 * `head` was delivered, and is recorded as such: true. None: what they held is still in the queue, and goes again; once
 * they can no longer arrive, they are forgotten.
 */
export async function recoverPush(
  source: Source,
  head: BranchHead,
  ports: DeliveryPorts,
  lease: Lease,
  signal: AbortSignal,
): Promise<boolean> {
  const intention = await ports.memory.intentions.get(source.id);
  if (intention === undefined) return false;
  const { commits } = intention.value;
  for (const { id, madeMs, entries } of commits.toReversed())
    if (await source.repository.contains(head, id, madeMs, signal)) {
      await recordDelivered(source, entries, id, ports, lease);
      return true;
    }
  const isLost = ({ madeMs }: { readonly madeMs: number }) => madeMs <= ports.now() - lateMs;
  if (commits.every(isLost)) await forgetCommits(source, isLost, ports, lease);
  return false;
}

/** What certainly did not arrive needs not be looked for. */
export async function forgetCommits(
  source: Source,
  isLost: (commit: { readonly id: string; readonly madeMs: number }) => boolean,
  { store, memory }: DeliveryPorts,
  lease: Lease,
): Promise<void> {
  await writeMade(
    store,
    async () => {
      const intention = await memory.intentions.get(source.id);
      if (intention === undefined) return [];
      const commits = intention.value.commits.filter((commit) => !isLost(commit));
      if (commits.length === intention.value.commits.length) return [];
      if (commits.length === 0) return [memory.intentions.delete(source.id, intention.version)];
      return [memory.intentions.put(source.id, { commits }, intention.version)];
    },
    lease,
  );
}
