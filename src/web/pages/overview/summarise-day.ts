import type { LoggedEvent } from "../../../http/api/api-schemas.ts";

/** Operations that change nothing of what runs, whatever access they need. */
const looks = /^(?:scan|update diff|token list|listwebhooks)$/;

/** What is told without being asked for: not each scan that went well, and not who looked at what. */
export function isNews({ kind, facts }: LoggedEvent): boolean {
  if (kind === "operation") return facts?.access !== "read" && !looks.test(String(facts?.operation));
  return kind !== "scan-finished" && kind !== "waiting";
}

const counted: readonly (readonly [LoggedEvent["kind"], string])[] = [
  ["delivered", "delivered"],
  ["question-opened", "asked"],
  ["queued", "queued"],
  ["reverted", "reverted"],
  ["dead-lettered", "failed"],
];

/** `5 delivered, 2 asked` */
export function summariseDay(events: readonly LoggedEvent[]): string {
  const words = counted.flatMap(([kind, word]) => {
    const count = events.filter((event) => event.kind === kind).length;
    return count === 0 ? [] : [`${count} ${word}`];
  });
  return words.length === 0 ? "Nothing was delivered or asked." : `${words.join(", ")}.`;
}
