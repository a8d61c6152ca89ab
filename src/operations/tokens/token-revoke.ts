import { z } from "zod";
import { required } from "../argument-types.ts";
import { defineOperation } from "../operation.ts";
import { revokeToken } from "./revoke-token.ts";
import { completeTokenName, existingName } from "./token-arguments.ts";

export const tokenRevoke = defineOperation({
  name: "token revoke",
  summary: "take a token back: it lets nobody in any more",
  arguments: z.strictObject({ name: required(existingName(), "What it is called.") }),
  positional: ["name"],
  complete: (_, talos) => completeTokenName(talos),
  access: "admin",
  deadlineSeconds: 30,
  run: async ({ talos }, { name }) => revokeToken(talos, name, "token", await talos.tokens.list()),
});
