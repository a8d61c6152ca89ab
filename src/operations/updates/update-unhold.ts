import { z } from "zod";
import { required, words } from "../argument-types.ts";
import { formatActor } from "../format-actor.ts";
import { defineOperation } from "../operation.ts";
import { knownTargets, shortestName } from "./known-targets.ts";
import { resolveTarget } from "./resolve-target.ts";

export const updateUnhold = defineOperation({
  name: "update unhold",
  summary: "lift every hold, revert and refusal of a reference",
  arguments: z.strictObject({
    reference: required(words(), "What is lifted: a name, an image, file#pointer, an id or group:<name>."),
  }),
  positional: ["reference"],
  complete: async (argument, talos) => {
    if (argument !== "reference") return [];
    const held = new Set((await talos.delivery.quarantines()).map(({ key }) => key));
    const targets = await knownTargets(talos);
    return targets.filter(({ key }) => held.has(key)).map((target) => shortestName(target, targets));
  },
  access: "operate",
  deadlineSeconds: 60,
  async run({ talos, actor }, { reference }) {
    const held = new Set((await talos.delivery.quarantines()).map(({ key }) => key));
    const targets = await knownTargets(talos);
    const resolution = resolveTarget({
      wanted: reference,
      targets,
      isExpected: (key) => held.has(key),
      operation: "update unhold",
    });
    if (resolution.kind === "refused") return resolution.refusal;
    const { source, target } = resolution.target;
    const name = shortestName(resolution.target, targets);
    const wasHeld = await talos.delivery.unhold(source, target, formatActor(actor));
    if (!wasHeld) return [{ type: "text", text: `nothing holds ${name}`, tone: "quiet" }];
    return [{ type: "text", text: `${name} may go again; the next scan decides about it`, tone: "good" }];
  },
});
