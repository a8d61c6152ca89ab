import type { PlannedReference } from "../../updates/plan-document.ts";
import type { DeliveryState } from "./read-delivery-state.ts";

type ProposalState =
  | { readonly kind: "dead" | "queued" | "proposed" }
  /** `question`: its id. */
  | { readonly kind: "asked" | "deferred"; readonly question: string };

/** What has become of a proposal of the target with this key. */
export function proposalState(
  key: string,
  { to }: Pick<PlannedReference["proposals"][number], "to">,
  { queue, questions, letters }: DeliveryState,
): ProposalState {
  const isOf = (update: { readonly members: readonly { readonly to: string }[] } | undefined) =>
    update?.members.some((member) => member.to === to) === true;
  const question = questions.get(key)?.question;
  if (isOf(letters.get(key)?.letter?.update)) return { kind: "dead" };
  if (isOf(queue.get(key)?.entry.update)) return { kind: "queued" };
  if (question !== undefined && isOf(question.update))
    return { kind: question.state === "open" ? "asked" : "deferred", question: question.id };
  return { kind: "proposed" };
}
