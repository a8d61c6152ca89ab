import { compareSizes } from "../images/size.ts";
import { versionOf } from "../images/version-of.ts";
import type { Policy } from "../policy/policy.ts";
import { matchesTagRule } from "../policy/tag-rules.ts";
import type { Target } from "./target.ts";
import type { Reason } from "./verdict.ts";
import type { VersionStep } from "./version-steps.ts";

/** Why the policy, or a member without that version, rules a step out before any digest is known. */
export function stepObjection(step: VersionStep, target: Target): Reason | undefined {
  const { policy } = target;
  const name = stepName(step);
  if (compareSizes(step.size, policy.bump) > 0)
    return { code: "above-bump", text: `${name} is a ${step.size} step; bump is ${policy.bump}` };
  const ignored = step.isSameTag ? undefined : tagObjection(step, policy);
  if (ignored !== undefined) return { code: "ignored-tag", text: ignored };
  if (policy.strategy[step.size] === "skip")
    return { code: "strategy-skip", text: `${name} is a ${step.size} step; its strategy is skip` };
  return missingMember(step, target);
}

/** The version as the first member that has it would write it. */
export function stepName(step: VersionStep): string {
  return step.tags.find((tag) => tag !== undefined) ?? "";
}

function tagObjection(step: VersionStep, { allow, ignore }: Policy): string | undefined {
  for (const tag of step.tags) {
    if (tag === undefined) continue;
    const rule = ignore.find((candidate) => matchesTagRule(candidate, tag, versionOf(tag)));
    if (rule !== undefined) return `${tag} is ignored (${rule.text})`;
    if (allow.length > 0 && !allow.some((candidate) => matchesTagRule(candidate, tag, versionOf(tag))))
      return `${tag} is not among the allowed tags`;
  }
  return undefined;
}

function missingMember(step: VersionStep, { members }: Target): Reason | undefined {
  const without = members.filter((_, index) => step.tags[index] === undefined).map(({ name }) => name);
  if (without.length === 0) return undefined;
  return {
    code: "group-waiting",
    text: `${stepName(step)} waits for ${without.join(", ")}: not to be had there yet`,
  };
}
