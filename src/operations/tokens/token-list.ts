import { z } from "zod";
import { defineOperation } from "../operation.ts";
import { listTokens } from "./list-tokens.ts";

export const tokenList = defineOperation({
  name: "token list",
  summary: "list the tokens: what for, until when, and when they were used last",
  arguments: z.strictObject({}),
  positional: [],
  access: "admin",
  deadlineSeconds: 30,
  isPrivate: true,
  run: async ({ talos }) => listTokens(await talos.tokens.list(), "token", talos.now()),
});
