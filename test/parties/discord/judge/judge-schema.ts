import type { z } from "zod/mini";
import { at, type Violation } from "./violation.ts";

/** By Discord's own description; and nothing that it does not know. */
export function judgeSchema(schema: z.ZodMiniType, body: unknown): readonly Violation[] {
  const read = schema.safeParse(body);
  if (read.success) return unknownProperties(body, read.data, "");
  return read.error.issues.flatMap((issue) => flatten(issue, ""));
}

interface Issue {
  readonly code: string;
  readonly message: string;
  readonly path: readonly PropertyKey[];
  readonly errors?: readonly (readonly Issue[])[];
}

/** Of a choice between several forms, the form that comes nearest. */
function flatten(issue: Issue, before: string): readonly Violation[] {
  const path = issue.path.reduce<string>((sum, key) => at(sum, typeof key === "number" ? key : String(key)), before);
  if (issue.code !== "invalid_union" || issue.errors === undefined) return [{ path, what: issue.message }];
  const fits = issue.errors.filter((errors) => !errors.some(isOfAnotherKind));
  const nearest = (fits.length > 0 ? fits : issue.errors).toSorted((one, other) => one.length - other.length)[0];
  return (nearest ?? []).flatMap((each) => flatten(each, path));
}

function isOfAnotherKind({ path }: Issue): boolean {
  return path.length === 0 || (path.length === 1 && path[0] === "type");
}

/** A schema drops what it does not know. */
function unknownProperties(given: unknown, known: unknown, path: string): readonly Violation[] {
  if (Array.isArray(given) && Array.isArray(known))
    return given.flatMap((each, index) => unknownProperties(each, known[index], at(path, index)));
  if (!isRecord(given) || !isRecord(known)) return [];
  return Object.keys(given).flatMap((key) =>
    key in known || isIdle(key, given[key])
      ? unknownProperties(given[key], known[key], at(path, key))
      : [{ path: at(path, key), what: "Discord knows no such property" }],
  );
}

/** discord.js names these wherever a message is, and Discord lets it. */
function isIdle(key: string, value: unknown): boolean {
  return value === false && (key === "tts" || key === "enforce_nonce");
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
