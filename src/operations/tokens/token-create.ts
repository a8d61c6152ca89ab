import { z } from "zod";
import { optional, required } from "../argument-types.ts";
import { defineOperation } from "../operation.ts";
import { makeToken } from "./make-token.ts";
import { access, integration, lifetime, tokenName } from "./token-arguments.ts";

export const tokenCreate = defineOperation({
  name: "token create",
  summary: "make a token for webhooks, or for the API and the page",
  arguments: z.strictObject({
    name: required(tokenName(), "What it is called: unique, in lower case."),
    integration: optional(integration(), "For webhooks: who sends them."),
    access: optional(access(), "For the API and the page: what whoever has it may do."),
    expires: optional(lifetime(), "After how long it is of no use any more, as 90d; not given: never."),
  }),
  positional: ["name"],
  access: "admin",
  deadlineSeconds: 30,
  isPrivate: true,
  async run(run, { name, integration: sender, access: allowed, expires: lifetimeSeconds }) {
    if (sender !== undefined && allowed === undefined)
      return makeToken(run, { name, use: { kind: "webhook", integration: sender }, lifetimeSeconds });
    if (allowed !== undefined && sender === undefined)
      return makeToken(run, { name, use: { kind: "api", access: allowed }, lifetimeSeconds });
    const text =
      sender === undefined
        ? "token create needs `integration` for webhooks, or `access` for the API"
        : "a token is for an `integration` or has an `access`, not both";
    return { code: "usage", view: [{ type: "text", tone: "bad", text }] };
  },
});
