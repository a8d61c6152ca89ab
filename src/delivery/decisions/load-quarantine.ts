import type { QuarantineOf } from "../../updates/collect-targets.ts";
import type { DeliveryMemory } from "../delivery-memory.ts";
import type { Quarantine } from "./quarantine.ts";

/** What people have decided about the targets of one source, by target. */
export async function loadQuarantine(
  source: string,
  { quarantine }: Pick<DeliveryMemory, "quarantine">,
): Promise<ReadonlyMap<string, Quarantine>> {
  const prefix = `${source} `;
  return new Map((await quarantine.list(prefix)).map(({ key, value }) => [key.slice(prefix.length), value]));
}

/** The same in the form that decisions take it: the versions in the order of a target's members. */
export function quarantineOf(byTarget: ReadonlyMap<string, Quarantine>): QuarantineOf {
  return (target, memberIds) =>
    (byTarget.get(target) ?? []).map(({ kind, actor, members }) => ({
      kind,
      by: actor,
      versions: memberIds.map((id) => {
        const member = members.find((candidate) => candidate.id === id);
        return member && { tag: member.tag, digest: member.digest };
      }),
    }));
}
