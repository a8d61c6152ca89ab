import { type Answer, answers } from "../../delivery/decisions/question.ts";
import type { Update } from "../../delivery/update.ts";
import type { Tone, View, ViewPart } from "../view.ts";
import { describeChange, targetName } from "./describe-update.ts";

const words: Readonly<Record<Answer, string>> = { push: "Push", defer: "Defer", ignore: "Ignore" };
const tones: Readonly<Partial<Record<Answer, Tone>>> = { push: "good", ignore: "bad" };

/** The three answers to an open question. */
export function offerAnswers(update: Update, reference: string): View {
  return answers.map((answer): ViewPart => {
    const tone = tones[answer];
    return {
      type: "choice",
      text: `${words[answer]} ${targetName(update)}: ${describeChange(update)}`,
      operation: "update answer",
      arguments: { reference, answer },
      ...(tone === undefined ? {} : { tone }),
    };
  });
}
