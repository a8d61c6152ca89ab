import type { Lease } from "../../store/store.ts";
import type { DeliveryPorts, Source } from "../delivery-ports.ts";
import { rememberCommit } from "../own-commit.ts";
import type { KeyedEntry } from "../queue/decide-queue.ts";
import type { SourceReading } from "../scan/read-source.ts";
import { commitEdited } from "./commit-edited.ts";
import { editEntries, type FailedEntry } from "./edit-entries.ts";
import { lateMs } from "./recover-push.ts";
import { writeMade } from "./write-held.ts";

export interface CommittedEntries {
  /** undefined: there is nothing to push. */
  readonly commit: string | undefined;
  /** Those that the commit holds. */
  readonly entries: readonly KeyedEntry[];
  /** Those that could not be written into the files, and why. */
  readonly failed: readonly FailedEntry[];
}

/** Makes one commit of all entries that can be written, and writes down that it is going to be pushed. */
export async function commitEntries(
  source: Source,
  entries: readonly KeyedEntry[],
  reading: SourceReading,
  ports: DeliveryPorts,
  lease: Lease,
  signal: AbortSignal,
): Promise<CommittedEntries> {
  const edited = editEntries(await stillQueued(entries, source, ports), reading);
  const { taken, failed } = edited;
  if (taken.length === 0) return { commit: undefined, entries: [], failed };
  const made = await commitEdited(source, edited, reading, signal);
  const { id: commit } = made;
  await writeMade(
    ports.store,
    async () => {
      const known = await ports.memory.intentions.get(source.id);
      const earlier = known?.value.commits.filter(({ madeMs }) => madeMs > ports.now() - lateMs) ?? [];
      const commits = [...earlier, { id: commit, madeMs: ports.now(), entries: [...taken] }];
      return [
        ports.memory.intentions.put(source.id, { commits }, known?.version ?? 0),
        rememberCommit(source, made, ports),
      ];
    },
    lease,
  );
  return { commit, entries: taken, failed };
}

/** What was held, dropped or replaced while it was looked at does not go. */
async function stillQueued(
  entries: readonly KeyedEntry[],
  source: Source,
  { memory }: DeliveryPorts,
): Promise<readonly KeyedEntry[]> {
  if (entries.length === 0) return entries;
  const queued = new Map((await memory.queue.list(`${source.id} `)).map(({ key, value }) => [key, value.update]));
  return entries.filter(({ key, entry }) => JSON.stringify(queued.get(key)) === JSON.stringify(entry.update));
}
