import { z } from "zod";
import { defineOperation } from "../operation.ts";
import { listTokens } from "./list-tokens.ts";

/** `token list`, of those for webhooks. */
export const listwebhooks = defineOperation({
  name: "listwebhooks",
  summary: "list the tokens for webhooks",
  arguments: z.strictObject({}),
  positional: [],
  access: "admin",
  deadlineSeconds: 30,
  isPrivate: true,
  async run({ talos }) {
    const records = await talos.tokens.list();
    return listTokens(
      records.filter(({ use }) => use.kind === "webhook"),
      "webhook",
      talos.now(),
    );
  },
});
