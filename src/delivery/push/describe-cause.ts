import type { Cause } from "../queue/queue-entry.ts";

/** Why something happened, as events say it. */
export function describeCause({ kind, actor }: Cause): string {
  if (kind === "policy") return "policy";
  return kind === "replay" ? `replay by ${actor}` : (actor ?? "a person");
}
