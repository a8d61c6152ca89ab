import { suggestName } from "../policy/nearest-name.ts";
import type { Operation } from "./operation.ts";

export type ArgumentReading =
  | { readonly kind: "right"; readonly given: Readonly<Record<string, unknown>> }
  /** One line that says which and why. */
  | { readonly kind: "wrong"; readonly text: string };

/** Reads arguments as any surface gets them; one that is not known is refused, with the name that is nearest. */
export function checkArguments(operation: Operation, given: unknown): ArgumentReading {
  if (!isRecord(given)) return wrong(`the arguments of ${operation.name} must be a JSON object`);
  const names = Object.keys(operation.arguments.shape);
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown !== undefined)
    return wrong(
      names.length === 0
        ? `${operation.name} takes no arguments, and was given \`${unknown}\``
        : `${operation.name} has no argument \`${unknown}\`: ${suggestName(unknown, names)}`,
    );
  const parsed = operation.arguments.safeParse(given);
  if (parsed.success) return { kind: "right", given };
  const [issue] = parsed.error.issues;
  const name = String(issue?.path[0] ?? "");
  if (given[name] === undefined) return wrong(`${operation.name} needs the argument \`${name}\``);
  const problem = issue?.code === "invalid_type" ? "must be a single value" : issue?.message;
  return wrong(`${operation.name}: \`${name}\` ${problem}`);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function wrong(text: string): ArgumentReading {
  return { kind: "wrong", text };
}
