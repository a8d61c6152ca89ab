import { z } from "zod";
import { includesAccess } from "../../../config/access.ts";
import { optional, required } from "../../../operations/argument-types.ts";
import { offerCompletions } from "../../../operations/offer-completions.ts";
import { suggestName } from "../../../policy/nearest-name.ts";
import { TalosError } from "../../../talos-error.ts";
import { completionsSchema } from "../api-schemas.ts";
import { findOperation } from "../operations/find-operation.ts";
import { defineResource, freeText } from "./define-resource.ts";

export const completions = defineResource({
  path: "/operations/{name}/completions",
  summary: "list what to offer for an argument of an operation while it is typed",
  access: "read",
  query: z.strictObject({
    argument: required(freeText(), "The argument's name."),
    text: optional(freeText(), "What was typed so far."),
    host: optional(freeText(), "The host that is given already, for operations on hosts."),
    project: optional(freeText(), "The compose project that is given already."),
  }),
  answer: completionsSchema,
  async read({ talos, operations, caller, name }, { argument, text = "", ...given }) {
    const operation = findOperation(operations, name);
    const names = Object.keys(operation.arguments.shape);
    if (!names.includes(argument))
      throw new TalosError("usage", `${operation.name} has no argument \`${argument}\``, {
        hint: names.length === 0 ? "it takes none" : suggestName(argument, names),
      });
    // What may not be run is not told about either.
    if (!includesAccess(caller.access, operation.access)) return { completions: [] };
    return { completions: [...(await offerCompletions(operation, argument, text, given, talos))] };
  },
});
