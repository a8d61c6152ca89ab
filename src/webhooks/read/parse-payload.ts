import * as z from "zod/mini";
import { type Content, malformed } from "./content.ts";

/** What is said of a payload that has the shape; else which field has not. */
export function parsePayload<T>(schema: z.ZodMiniType<T>, json: unknown, read: (payload: T) => Content): Content {
  const parsed = z.safeParse(schema, json);
  if (parsed.success) return read(parsed.data);
  const [issue] = parsed.error.issues;
  return malformed(issue === undefined ? "the body cannot be read" : describe(issue, json));
}

const kinds: Readonly<Record<string, string>> = { string: "a text", object: "an object", array: "a list" };

function describe(issue: z.core.$ZodIssue, json: unknown): string {
  const name = issue.path.join(".") || "it";
  if (valueAt(json, issue.path) === undefined) return `${name} is missing`;
  if (issue.code === "invalid_type")
    return `${name} must be ${kinds[issue.expected] ?? `of the kind ${issue.expected}`}`;
  if (issue.code === "too_small") return `${name} is empty`;
  return issue.code === "too_big" ? `${name} is too long` : `${name} is not what it should be`;
}

function valueAt(json: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined),
    json,
  );
}
