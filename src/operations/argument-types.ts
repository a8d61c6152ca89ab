// What arguments are made of. They arrive as text from a terminal or a chat and as JSON over HTTP: both mean the same.
import { z } from "zod";

/** `schema` reads text, as those of config/setting-types.ts do. */
export function required<Schema extends z.ZodType>(schema: Schema, description: string) {
  return z.preprocess(toText, schema).describe(description);
}

export function optional<Schema extends z.ZodType>(schema: Schema, description: string) {
  return z.preprocess(toText, schema).optional().describe(description);
}

/** A name a person types. */
export function words() {
  return z.string().trim().min(1, "must not be empty").max(500, "must have 500 characters at most");
}

/** The same text in JSON and in a terminal, where nothing else can be written. */
function toText(given: unknown): unknown {
  return typeof given === "number" || typeof given === "boolean" ? String(given) : given;
}
