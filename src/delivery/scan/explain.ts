import { bestMatches, matchReference } from "../../updates/match-reference.ts";
import type { ReferenceWithEdits } from "../../updates/plan-reference-edits.ts";
import type { DeliveryPorts, Source } from "../delivery-ports.ts";
import { readSource } from "./read-source.ts";
import { decide } from "./scan.ts";

/** Decides again what a person's words name, on the branch as it is, from the cache where possible. Changes nothing. */
export async function explain(
  source: Source,
  wanted: string,
  ports: DeliveryPorts,
  signal: AbortSignal,
): Promise<readonly ReferenceWithEdits[]> {
  const head = await source.repository.readHead(signal);
  const reading = await readSource(source, head, ports, signal);
  const isWanted = ({ found }: Pick<ReferenceWithEdits, "found">) => matchReference(found, wanted) > 0;
  const { references } = await decide(source, reading, { isWanted }, ports, { signal });
  return bestMatches(references, wanted);
}
