import type { EffectPorts } from "../effect-ports.ts";
import type { WebhookEvent } from "../webhook-event.ts";
import { isWatched, sourcesOf } from "./watched-branch.ts";

type PushEvent = Extract<WebhookEvent, { kind: "push" }>;

/** Scans the sources whose branch has moved; what is known of registries is good enough. */
export async function handlePush({ urls, branch, commit }: PushEvent, ports: EffectPorts): Promise<void> {
  for (const source of sourcesOf(urls, ports)) {
    if (!(await isWatched(source, branch, ports))) continue;
    if (commit === undefined || !(await isKnown(source.id, commit, ports))) await ports.requestScan(source.id, []);
  }
}

/** Talos has pushed it itself, or a scan has seen it: nothing can follow from it. */
async function isKnown(source: string, commit: string, { memory }: EffectPorts): Promise<boolean> {
  // In this order: a commit that is no intention any more is where the branch was left.
  const intention = await memory.intentions.get(source);
  if (intention?.value.commits.some(({ id }) => id === commit) === true) return true;
  const [left, scanned] = await Promise.all([memory.branches.get(source), memory.scans.get(source)]);
  if (left?.value.head === commit) return true;
  const record = scanned?.value;
  return record?.endedMs !== undefined && record.error === undefined && record.commit === commit;
}
