import { targetOfReference } from "../../../operations/updates/known-targets.ts";
import { proposalState } from "../../../operations/updates/proposal-state.ts";
import type { DeliveryState } from "../../../operations/updates/read-delivery-state.ts";
import { formatShortForm } from "../../../policy/short-form.ts";
import type { PlannedReference } from "../../../updates/plan-document.ts";
import type { Reference } from "../api-schemas.ts";

export function describeReference(source: string, reference: PlannedReference, state: DeliveryState): Reference {
  const { id, kind, file, line, name, image, verdict, newest, policy, reasons, warnings = [] } = reference;
  const { key } = targetOfReference(source, reference);
  return {
    id,
    source,
    key,
    kind,
    file,
    line,
    name,
    image,
    verdict,
    newest,
    policy: policy === null ? undefined : formatShortForm(policy),
    group: policy?.sync?.group,
    reasons,
    warnings,
    update: describeUpdate(key, reference, state),
  };
}

/** Of several proposals the one that something has become of, else the first. */
function describeUpdate(key: string, { proposals }: PlannedReference, state: DeliveryState): Reference["update"] {
  const all = proposals.map((proposal) => ({ proposal, became: proposalState(key, proposal, state) }));
  const chosen = all.find(({ became }) => became.kind !== "proposed") ?? all[0];
  if (chosen === undefined) return undefined;
  const { proposal, became } = chosen;
  const { to, size, strategy } = proposal;
  const isHeld = state.quarantines.get(key)?.quarantine.some(({ kind }) => kind === "held") === true;
  const question = "question" in became ? became.question : undefined;
  return { to, size, strategy, state: isHeld && became.kind === "proposed" ? "held" : became.kind, question };
}
