import { z } from "zod";
import type { Operation } from "../../../operations/operation.ts";

/** The JSON Schema of what an operation is given. */
export function argumentsSchema({ arguments: schema }: Pick<Operation, "arguments">): Record<string, unknown> {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io: "input" });
  return json;
}
