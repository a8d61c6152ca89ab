import * as z from "zod/mini";
import { parseJson } from "./parse-json.ts";

/** GitLab: `message` (text, list or lists by field) or `error` and `error_description`; the others `message`, GitHub with `errors`. */
const complaint = z.object({
  message: z.optional(z.unknown()),
  error_description: z.optional(z.unknown()),
  error: z.optional(z.unknown()),
  errors: z.optional(z.unknown()),
});

/** What a forge says about a refusal, in one short line without the token; undefined: nothing, or nothing readable. */
export function readComplaint(text: string, token: string): string | undefined {
  const parsed = complaint.safeParse(parseJson(text));
  if (!parsed.success) return undefined;
  const { message, error_description, error, errors } = parsed.data;
  const words = [...collectTexts(message ?? error_description ?? error), ...collectTexts(errors)].join("; ");
  const line = (token === "" ? words : words.replaceAll(token, "[secret]"))
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, " ")
    .trim();
  if (line === "") return undefined;
  return line.length <= 200 ? line : `${line.slice(0, 199)}…`;
}

function collectTexts(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(collectTexts);
  return "message" in value && typeof value.message === "string"
    ? [value.message]
    : Object.entries(value).flatMap(([key, each]) => collectTexts(each).map((text) => `${key} ${text}`));
}
