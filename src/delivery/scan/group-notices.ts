import type { ReferenceWithEdits } from "../../updates/plan-reference-edits.ts";
import type { DeliveryPorts } from "../delivery-ports.ts";
import type { Routed } from "./routed.ts";
import { targetOf } from "./target-outcome.ts";

/** A sync group that lacks a member is told of once, and forgotten when it is whole again. */
export async function describeGroups(
  source: string,
  references: readonly ReferenceWithEdits[],
  { memory, now }: DeliveryPorts,
): Promise<Routed> {
  const prefix = `${source} `;
  const told = new Map((await memory.brokenGroups.list(prefix)).map((document) => [document.key, document]));
  const broken = new Map(
    references.flatMap((reference) =>
      reference.verdict.reasons
        .filter(({ code }) => code === "group-incomplete")
        .map(({ text }) => [`${prefix}${targetOf(reference)}`, text] as const),
    ),
  );
  const news = [...broken].filter(([key, text]) => told.get(key)?.value.text !== text);
  const whole = [...told.values()].filter(({ key }) => !broken.has(key));
  return {
    changes: [
      ...news.map(([key, text]) => memory.brokenGroups.put(key, { text }, told.get(key)?.version ?? 0)),
      ...whole.map(({ key, version }) => memory.brokenGroups.delete(key, version)),
    ],
    events: news.map(([key, text]) => ({
      kind: "group-incomplete",
      atMs: now(),
      actor: "talos",
      cause: "scan",
      source,
      subject: key.slice(prefix.length),
      text,
    })),
  };
}
