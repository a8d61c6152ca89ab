import { isDeepStrictEqual } from "node:util";
import type { Policy } from "../../policy/policy.ts";
import { writePlannedPolicy } from "../../updates/planned-policy.ts";
import type { DeliveryMemory } from "../delivery-memory.ts";

/** The places (`file#pointer`) whose policy is another by now than the one the latest scan decided by. */
export async function findMovedPolicies(
  source: string,
  policies: ReadonlyMap<string, Policy | undefined>,
  { plans }: Pick<DeliveryMemory, "plans">,
): Promise<ReadonlySet<string>> {
  const plan = (await plans.getShared(source))?.value;
  if (plan === undefined) return new Set();
  const moved = plan.references.filter(({ file, pointer, policy }) => {
    const now = policies.get(`${file}#${pointer}`);
    return !isDeepStrictEqual(policy, now === undefined ? null : writePlannedPolicy(now));
  });
  return new Set(moved.map(({ file, pointer }) => `${file}#${pointer}`));
}
