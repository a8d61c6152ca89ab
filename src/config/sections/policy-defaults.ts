import { z } from "zod";
import { sizes } from "../../images/size.ts";
import { applyPolicyDefaults } from "../../policy/parse-policy.ts";
import { defaultPolicy, strategies } from "../../policy/policy.ts";
import type { Setting } from "../../policy/setting.ts";

const strategy = { enum: strategies };
const texts = { anyOf: [{ type: "string" }, { type: "array", items: { type: "string" } }] };
const json = {
  type: "object",
  additionalProperties: false,
  properties: {
    skip: { type: "boolean" },
    bump: { enum: sizes },
    strategy: {
      anyOf: [
        strategy,
        {
          type: "object",
          additionalProperties: false,
          properties: Object.fromEntries(sizes.map((size) => [size, strategy])),
        },
      ],
    },
    pin: { type: "boolean" },
    allow: texts,
    ignore: texts,
    age: { type: "string", examples: ["3d"] },
    window: texts,
    platform: { type: "string", examples: ["linux/arm64"] },
  },
};

/** Kept as written, because it is laid over other defaults key by key; what is wrong with it is told at once. */
export function policyDefaults(description: string) {
  return z
    .custom<Setting>()
    .superRefine((setting, context) => {
      const reading = applyPolicyDefaults(setting, defaultPolicy);
      if (reading.kind !== "invalid") return;
      for (const { at, text } of reading.problems) context.addIssue({ code: "custom", message: text, params: { at } });
    })
    .meta({ ...json, isTree: true })
    .optional()
    .describe(description);
}
