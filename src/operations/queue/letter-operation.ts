import { z } from "zod";
import type { Delivery } from "../../delivery/delivery.ts";
import { optional, words } from "../argument-types.ts";
import { formatActor } from "../format-actor.ts";
import { defineOperation } from "../operation.ts";
import { plural } from "../plural.ts";
import { chooseLetters } from "./choose-letters.ts";
import { completeLetter } from "./complete-letter.ts";

interface LetterOperation {
  readonly name: "replaydeadletters" | "cleardeadletters";
  readonly summary: string;
  /** What was done, before the count: `Dropped`. */
  readonly done: string;
  /** How many it was done for. */
  readonly act: (delivery: Delivery, keys: readonly string[] | "all", actor: string) => Promise<number>;
}

/** Something that is done with one dead letter, or with all. */
export function defineLetterOperation({ name, summary, done, act }: LetterOperation) {
  return defineOperation({
    name,
    summary,
    arguments: z.strictObject({
      reference: optional(words(), "Only this one, as `deadletters` lists it; `all`: all."),
    }),
    positional: ["reference"],
    complete: completeLetter,
    access: "operate",
    deadlineSeconds: 60,
    async run({ talos, actor }, { reference }) {
      const chosen = await chooseLetters(talos, reference, name);
      if (chosen.kind === "refused") return chosen.refusal;
      const count = await act(talos.delivery, chosen.keys, formatActor(actor));
      return [{ type: "text", text: `${done} ${plural(count, "dead letter")}`, tone: count === 0 ? "quiet" : "good" }];
    },
  });
}
