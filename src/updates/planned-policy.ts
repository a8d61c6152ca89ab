import type { Policy } from "../policy/policy.ts";
import type { PlannedReference } from "./plan-document.ts";

/** A policy as a plan shows it, and as it is compared with one of later. */
export function writePlannedPolicy(policy: Policy): PlannedReference["policy"] {
  const { sync } = policy;
  return {
    skip: policy.skip,
    bump: policy.bump,
    strategy: policy.strategy,
    sync:
      sync === undefined
        ? null
        : sync.role === "child"
          ? { role: sync.role, group: sync.group, id: sync.id }
          : {
              role: sync.role,
              group: sync.group,
              id: sync.id,
              digest: sync.digest,
              ...(sync.children === undefined ? {} : { children: [...sync.children] }),
            },
    pin: policy.pin,
    allow: policy.allow.map(({ text }) => text),
    ignore: policy.ignore.map(({ text }) => text),
    ageSeconds: policy.ageSeconds ?? null,
    window: policy.window.map(({ text }) => text),
    platform: policy.platform ?? null,
  };
}
