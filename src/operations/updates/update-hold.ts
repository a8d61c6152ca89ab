import { z } from "zod";
import { required, words } from "../argument-types.ts";
import { formatActor } from "../format-actor.ts";
import { defineOperation } from "../operation.ts";
import { completeReference } from "./complete-reference.ts";
import { knownTargets, shortestName } from "./known-targets.ts";
import { resolveTarget } from "./resolve-target.ts";

export const updateHold = defineOperation({
  name: "update hold",
  summary: "let no update of a reference go, until unhold",
  arguments: z.strictObject({
    reference: required(words(), "What is held: a name, an image, file#pointer, an id or group:<name>."),
  }),
  positional: ["reference"],
  complete: completeReference,
  access: "operate",
  deadlineSeconds: 60,
  async run({ talos, actor }, { reference }) {
    const targets = await knownTargets(talos);
    const resolution = resolveTarget({ wanted: reference, targets, operation: "update hold" });
    if (resolution.kind === "refused") return resolution.refusal;
    const { source, target } = resolution.target;
    const isNew = await talos.delivery.hold(source, target, formatActor(actor));
    const name = shortestName(resolution.target, targets);
    if (!isNew) return [{ type: "text", text: `${name} is held already`, tone: "quiet" }];
    return [
      { type: "text", text: `${name} is held: nothing of it goes until it is lifted`, tone: "good" },
      { type: "choice", text: "Lift it", operation: "update unhold", arguments: { reference: name } },
    ];
  },
});
