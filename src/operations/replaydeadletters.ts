import { z } from "zod";
import { optional, words } from "./argument-types.ts";
import { chooseLetters } from "./choose-letters.ts";
import { completeLetter } from "./complete-letter.ts";
import { formatActor } from "./format-actor.ts";
import { defineOperation } from "./operation.ts";
import { plural } from "./plural.ts";

export const replaydeadletters = defineOperation({
  name: "replaydeadletters",
  summary: "queue failed updates again: one, or all",
  arguments: z.strictObject({ reference: optional(words(), "Only this one, as `deadletters` lists it; `all`: all.") }),
  positional: ["reference"],
  complete: completeLetter,
  access: "operate",
  deadlineSeconds: 60,
  async run({ talos, actor }, { reference }) {
    const chosen = await chooseLetters(talos, reference, "replaydeadletters");
    if (chosen.kind === "refused") return chosen.refusal;
    const count = await talos.delivery.replay(chosen.keys, formatActor(actor));
    return [{ type: "text", text: `Replayed ${plural(count, "dead letter")}`, tone: count === 0 ? "quiet" : "good" }];
  },
});
