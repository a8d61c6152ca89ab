import { z } from "zod";
import { required } from "../argument-types.ts";
import { defineOperation } from "../operation.ts";
import { makeToken } from "./make-token.ts";
import { integration, tokenName } from "./token-arguments.ts";

/** An older name of `token create <name> --integration <integration>`. */
export const createwebhook = defineOperation({
  name: "createwebhook",
  summary: "make a token for webhooks, and say what to do with it",
  arguments: z.strictObject({
    name: required(tokenName(), "What it is called: unique, in lower case."),
    integration: required(integration(), "Who sends them."),
  }),
  positional: ["name", "integration"],
  access: "admin",
  deadlineSeconds: 30,
  isPrivate: true,
  run: (run, given) => makeToken(run, { name: given.name, use: { kind: "webhook", integration: given.integration } }),
});
