import type { FoundReference } from "../files/found-reference.ts";
import { formatRepository } from "../images/image-reference.ts";
import { parseImageReference } from "../images/parse-image-reference.ts";
import { parsePolicy } from "../policy/parse-policy.ts";
import type { Policy } from "../policy/policy.ts";
import type { PolicyReading } from "../policy/setting.ts";
import type { Member } from "./target.ts";
import { type Verdict, verdictWithout, type Warning } from "./verdict.ts";

/** What of a reference can be said without a look-up. `settled`: all of it. */
export type Assessment = {
  readonly found: FoundReference;
  /** undefined: not opted in, or not understood. */
  readonly policy: Policy | undefined;
  readonly warnings: readonly Warning[];
} & (
  | { readonly kind: "open"; readonly policy: Policy; readonly image: Member["image"] }
  | { readonly kind: "settled"; readonly verdict: Verdict }
);

export interface AssessmentSettings {
  /** What a policy starts from, before its own settings. */
  readonly defaults: Policy;
  /** The policy of images that have not opted in; undefined: they are left alone. */
  readonly unannotated: Policy | undefined;
  /** Instead of each policy's own. */
  readonly bump: Policy["bump"] | undefined;
  /** Write `docker.io/library/redis` where the author wrote `redis`. */
  readonly isWrittenInFull: boolean;
}

export function assessReference(found: FoundReference, settings: AssessmentSettings): Assessment {
  const reading = readPolicy(found, settings);
  const warnings = found.warnings.map((text): Warning => ({ code: "file-note", text }));
  const settle = (verdict: Verdict, policy?: Policy): Assessment => ({
    kind: "settled",
    found,
    policy,
    warnings,
    verdict,
  });

  if (reading.kind === "absent")
    return settle(
      found.isBuiltHere
        ? verdictWithout("skipped", "built-here", "built from its own Dockerfile; opt in to follow it all the same")
        : verdictWithout("skipped", "not-opted-in", "no x-talos or x-tl beside it"),
    );
  if (reading.kind === "invalid") return settle(verdictWithout("skipped", "policy-invalid", describeProblems(reading)));
  const { policy } = reading;
  warnings.push(...reading.warnings.map(({ text }): Warning => ({ code: "policy-note", text })));
  if (policy.skip) return settle(verdictWithout("skipped", "policy", "its policy says skip"), policy);
  if (found.obstacle !== undefined) {
    const { code, text } = found.obstacle;
    return settle(verdictWithout(code === "ambiguous-owner" ? "held" : "unknown", code, text), policy);
  }
  const parsed = parseImageReference(found.image);
  if (parsed.kind === "invalid") return settle(verdictWithout("unknown", "not-a-reference", parsed.text), policy);
  const { reference } = parsed;
  if (reference.tag === undefined && reference.digest !== undefined)
    return settle(
      verdictWithout("skipped", "no-tag", "a digest alone says nothing to follow: write the tag beside it"),
      policy,
    );
  const written = settings.isWrittenInFull ? formatRepository(reference) : reference.written;
  return { kind: "open", found, policy, warnings, image: { ...reference, written, tag: reference.tag ?? "latest" } };
}

function readPolicy(found: FoundReference, settings: AssessmentSettings): PolicyReading {
  const written = found.policy;
  const reading: PolicyReading = written === undefined ? { kind: "absent" } : parsePolicy(written, settings.defaults);
  const { bump, unannotated } = settings;
  if (reading.kind === "valid" && bump !== undefined) return { ...reading, policy: { ...reading.policy, bump } };
  if (reading.kind === "absent" && unannotated !== undefined && !found.isBuiltHere)
    return { kind: "valid", policy: { ...unannotated, bump: bump ?? unannotated.bump }, warnings: [] };
  return reading;
}

function describeProblems({ problems }: Extract<PolicyReading, { kind: "invalid" }>): string {
  return problems.map(({ at, text }) => `${at.line}:${at.column}: ${text}`).join("; ");
}
