import { z } from "zod";
import { required } from "../argument-types.ts";
import { defineOperation } from "../operation.ts";
import { revokeToken } from "./revoke-token.ts";
import { completeTokenName, existingName } from "./token-arguments.ts";

/** `token revoke`, of those for webhooks. */
export const revokewebhook = defineOperation({
  name: "revokewebhook",
  summary: "take the token of a webhook back",
  arguments: z.strictObject({ name: required(existingName(), "What it is called.") }),
  positional: ["name"],
  complete: (_, talos) => completeTokenName(talos, "webhook"),
  access: "admin",
  deadlineSeconds: 30,
  async run({ talos }, { name }) {
    const records = await talos.tokens.list();
    return revokeToken(
      talos,
      name,
      "webhook",
      records.filter(({ use }) => use.kind === "webhook"),
    );
  },
});
