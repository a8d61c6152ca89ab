import type { OperationDescription } from "../../../http/api/api-schemas.ts";

export interface Argument {
  readonly name: string;
  readonly about: string;
  readonly isRequired: boolean;
  /** One of these; undefined: any text. */
  readonly choices?: readonly string[];
  readonly isSwitch: boolean;
}

/** The arguments of an operation out of their JSON Schema: those that stand in order first. */
export function readArguments({ positional, arguments: schema }: OperationDescription): readonly Argument[] {
  const properties = isRecord(schema.properties) ? schema.properties : {};
  const required: readonly unknown[] = Array.isArray(schema.required) ? schema.required : [];
  const names = [...positional, ...Object.keys(properties).filter((name) => !positional.includes(name))];
  return names.map((name) => {
    const property = properties[name];
    const facts = isRecord(property) ? property : {};
    const choices = Array.isArray(facts.enum) ? { choices: facts.enum.map(String) } : {};
    return {
      name,
      about: typeof facts.description === "string" ? facts.description : "",
      isRequired: required.includes(name),
      isSwitch: facts.type === "boolean",
      ...choices,
    };
  });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
