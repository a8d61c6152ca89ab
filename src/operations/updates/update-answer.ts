import { z } from "zod";
import { choice } from "../../config/setting-types.ts";
import { answers } from "../../delivery/decisions/question.ts";
import { optional, required, words } from "../argument-types.ts";
import { formatActor } from "../format-actor.ts";
import { defineOperation } from "../operation.ts";
import { knownTargets, shortestName, targetOfUpdate } from "./known-targets.ts";
import { resolveTarget } from "./resolve-target.ts";

export const updateAnswer = defineOperation({
  name: "update answer",
  summary: "answer an open question: push, defer or ignore",
  arguments: z.strictObject({
    reference: required(words(), "What is asked about: a name, an image, file#pointer, an id or group:<name>."),
    answer: required(
      choice(...answers),
      "push: deliver it; defer: ask again at the next scan; ignore: not this version again.",
    ),
    question: optional(words(), "Only if this very question is still open: its id, as events name it."),
  }),
  positional: ["reference", "answer"],
  complete: async (argument, talos) => {
    if (argument === "answer") return answers;
    if (argument !== "reference") return [];
    const open = (await talos.delivery.questions()).map(({ question }) => targetOfUpdate(question.update));
    return open.map((target) => shortestName(target, open));
  },
  access: "operate",
  deadlineSeconds: 60,
  async run({ talos, actor }, { reference, answer, question }) {
    const open = new Set((await talos.delivery.questions()).map(({ key }) => key));
    const resolution = resolveTarget({
      wanted: reference,
      targets: await knownTargets(talos),
      isExpected: (key) => open.has(key),
      operation: "update answer",
      rest: { answer },
    });
    if (resolution.kind === "refused") return resolution.refusal;
    const outcome = await talos.delivery.answer(resolution.target.key, answer, formatActor(actor), question);
    if (outcome.kind === "done") return [{ type: "text", text: outcome.text, tone: "good" }];
    return { code: "target-not-found", view: [{ type: "text", text: outcome.text, tone: "warning" }] };
  },
});
