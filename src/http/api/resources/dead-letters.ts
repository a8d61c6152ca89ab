import type { KeptDeadLetter } from "../../../delivery/delivery.ts";
import { targetName } from "../../../operations/updates/describe-update.ts";
import { type DeadLetter, deadLettersSchema } from "../api-schemas.ts";
import { defineResource, noQuery } from "./define-resource.ts";
import { describeMembers } from "./describe-members.ts";

export const deadLetters = defineResource({
  path: "/dead-letters",
  summary: "list the updates that failed for good, with the reasons",
  access: "read",
  query: noQuery,
  answer: deadLettersSchema,
  read: async ({ talos }) => ({ deadLetters: (await talos.delivery.deadLetters()).map(describeLetter) }),
});

function describeLetter({ key, letter, text }: KeptDeadLetter): DeadLetter {
  if (letter === undefined) return { key, reason: `it cannot be read: ${text}` };
  const { update, reason, error, attempts, atMs } = letter;
  const { source, size } = update;
  return {
    key,
    source,
    name: targetName(update),
    size,
    members: describeMembers(update),
    reason,
    error,
    attempts,
    atMs,
  };
}
