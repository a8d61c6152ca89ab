import type { Operation } from "../../../operations/operation.ts";
import { answerSchema } from "../../../operations/view-schema.ts";
import { pathName } from "../operations/find-operation.ts";
import { argumentsSchema } from "./arguments-schema.ts";
import { schemaRef } from "./component-schemas.ts";
import { refusalResponses } from "./responses.ts";
import { securityFor } from "./security.ts";
import { sentence } from "./sentence.ts";

/** `post` of an operation's path. */
export function describeOperation(operation: Operation) {
  const { name, summary, access, positional, isPrivate = false } = operation;
  const words = name.split(" ").map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return {
    path: `/operations/${pathName(operation)}`,
    post: {
      operationId: `run${words.join("")}`,
      tags: ["Operations"],
      summary: sentence(summary),
      ...(isPrivate ? { description: "The answer holds a secret, which is shown this once." } : {}),
      security: securityFor(access),
      "x-talos-operation": name,
      "x-talos-access": access,
      /** In the order of a command line. */
      "x-talos-positional": positional,
      requestBody: {
        required: isNeeded(operation),
        content: { "application/json": { schema: argumentsSchema(operation) } },
      },
      responses: {
        200: {
          description: "It was done.",
          content: {
            "application/json": { schema: schemaRef(answerSchema) },
            "text/event-stream": { schema: { type: "string", description: progress } },
          },
        },
        ...refusalResponses([400, 404, 409, 413, 415, 422]),
      },
    },
  };
}

const progress =
  "How far it is, as it is done: `status` ({text}), `part` (a part of the answer), and at last `answer` (#/components/schemas/Answer) or `problem` (#/components/schemas/Problem). It is cancelled when the connection is closed.";

function isNeeded({ arguments: schema }: Operation): boolean {
  return !schema.safeParse({}).success;
}
