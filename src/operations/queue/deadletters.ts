import { z } from "zod";
import type { KeptDeadLetter } from "../../delivery/delivery.ts";
import { defineOperation } from "../operation.ts";
import { describeVersions, targetName } from "../updates/describe-update.ts";
import { targetOfUpdate } from "../updates/known-targets.ts";
import type { View, ViewCell } from "../view.ts";

export const deadletters = defineOperation({
  name: "deadletters",
  summary: "list the updates that failed for good, with the reasons",
  arguments: z.strictObject({}),
  positional: [],
  access: "read",
  deadlineSeconds: 30,
  async run({ talos }) {
    const letters = await talos.delivery.deadLetters();
    if (letters.length === 0) return [{ type: "text", text: "There are no dead letters", tone: "good" }];
    return describeLetters(letters);
  },
});

function describeLetters(letters: readonly KeptDeadLetter[]): View {
  const text = letters.length === 1 ? "There is 1 dead letter" : `There are ${letters.length} dead letters`;
  const columns = ["what", "change", "since", "tries", "reason"];
  const bySource = Map.groupBy(letters, ({ key, letter }) => letter?.update.source ?? key.split(" ", 1).join());
  return [
    { type: "text", tone: "bad", text },
    ...[...bySource].flatMap(
      ([source, some]): View => [
        { type: "text", heading: true, text: source },
        { type: "table", columns, rows: some.map(describeLetter) },
      ],
    ),
    { type: "choice", text: "Replay all", operation: "replaydeadletters", arguments: {}, tone: "good" },
    { type: "choice", text: "Drop all", operation: "cleardeadletters", arguments: {}, tone: "bad" },
  ];
}

function describeLetter({ key, letter, text }: KeptDeadLetter): readonly ViewCell[] {
  if (letter === undefined) return [key, "cannot be read", "", "", text];
  const { update, atMs, attempts } = letter;
  return [targetName(update), describeVersions(update), { atMs }, String(attempts), describeReason(letter)];
}

/** Words to act on, and what the program that failed said. */
export function describeReason({ reason, error }: NonNullable<KeptDeadLetter["letter"]>): string {
  return error === undefined || reason.includes(error) ? reason : `${reason} (${error})`;
}

/** What a person can name a dead letter by; one that cannot be read by its key alone. */
export function targetOfLetter({ key, letter }: KeptDeadLetter) {
  if (letter !== undefined) return { ...targetOfUpdate(letter.update), key };
  const [source = "", ...target] = key.split(" ");
  return { key, source, target: target.join(" "), references: [] };
}
