import type { Talos } from "../talos.ts";
import { knownTargets, shortestName } from "./known-targets.ts";

/** What a reference can be called, for completion: the shortest name that is not ambiguous. */
export async function completeReference(argument: string, talos: Talos): Promise<readonly string[]> {
  if (argument !== "reference") return [];
  const targets = await knownTargets(talos);
  return targets.map((target) => shortestName(target, targets));
}
