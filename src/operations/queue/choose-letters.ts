import type { Refusal } from "../operation.ts";
import type { Talos } from "../talos.ts";
import { resolveTarget } from "../updates/resolve-target.ts";
import { targetOfLetter } from "./deadletters.ts";

type Chosen =
  | { readonly kind: "keys"; readonly keys: readonly string[] | "all" }
  | { readonly kind: "refused"; readonly refusal: Refusal };

/** The dead letters that are meant: all without a name, as in the earlier program. */
export async function chooseLetters(talos: Talos, wanted: string | undefined, operation: string): Promise<Chosen> {
  if (wanted === undefined || wanted.toLowerCase() === "all") return { kind: "keys", keys: "all" };
  const targets = (await talos.delivery.deadLetters()).map(targetOfLetter);
  const resolution = resolveTarget({ wanted, targets, operation });
  if (resolution.kind === "refused")
    return targets.length > 0 ? resolution : { kind: "refused", refusal: noLetters(wanted) };
  return { kind: "keys", keys: [resolution.target.key] };
}

function noLetters(wanted: string): Refusal {
  const text = `there is no dead letter ${wanted}: there are none at all`;
  return { code: "target-not-found", view: [{ type: "text", tone: "bad", text }] };
}
