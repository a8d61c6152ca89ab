import type { APIApplicationCommandBasicOption } from "discord-api-types/v10";
import * as z from "zod";
import type { Operation } from "../../operations/operation.ts";
import { label } from "../text/label.ts";

/** The arguments of an operation as the options of its command, those that are needed first. */
export function commandOptions({
  arguments: schema,
  positional,
  complete,
}: Operation): readonly APIApplicationCommandBasicOption[] {
  const others = Object.keys(schema.shape).filter((name) => !positional.includes(name));
  const options = [...positional, ...others].map((name) =>
    describeOption(name, schema.shape[name] ?? z.never(), complete !== undefined),
  );
  return [...options.filter(({ required }) => required), ...options.filter(({ required }) => !required)];
}

function describeOption(name: string, schema: z.core.$ZodType, isCompleted: boolean): APIApplicationCommandBasicOption {
  const { type, enum: words, description = name, minimum, maximum } = z.toJSONSchema(schema, { io: "input" });
  const option = {
    name,
    description: label(description.replace(/\.$/, ""), 100),
    required: !z.safeParse(schema, undefined).success,
  };
  if (type === "boolean") return { ...option, type: 5 };
  if (type === "integer") return { ...option, type: 4, ...range(minimum, maximum) };
  if (words !== undefined)
    return { ...option, type: 3, choices: words.map(String).map((word) => ({ name: word, value: word })) };
  return isCompleted ? { ...option, type: 3, autocomplete: true } : { ...option, type: 3 };
}

function range(minimum: number | undefined, maximum: number | undefined) {
  return {
    ...(minimum === undefined ? {} : { min_value: minimum }),
    ...(maximum === undefined ? {} : { max_value: maximum }),
  };
}
