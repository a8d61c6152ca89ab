/** Errors as RFC 9457 problem documents. */
import type { Context } from "hono";
import * as z from "zod/mini";
import type { View } from "../operations/view.ts";
import { viewPartSchema } from "../operations/view-schema.ts";

export const problemSchema = z.object({
  /** `about:blank`, or `urn:talos:<code>`. */
  type: z.string(),
  title: z.string(),
  status: z.int(),
  /** What is wrong, on what and why. */
  detail: z.optional(z.string()),
  /** What to do. */
  hint: z.optional(z.string()),
  /** What stays the same, to go by: an ErrorCode, or `unauthorized`, `forbidden`, `too-many-requests`, … */
  code: z.string(),
  /** What the operation answered, where one was run. */
  view: z.optional(z.array(viewPartSchema)),
});
export type Problem = z.infer<typeof problemSchema>;

export type ProblemStatus = 400 | 401 | 403 | 404 | 405 | 406 | 408 | 409 | 413 | 415 | 422 | 429 | 500 | 503;

interface ProblemFacts extends Pick<Problem, "code" | "title">, Partial<Pick<Problem, "detail" | "hint">> {
  readonly view?: View;
}

export function problem(context: Context, status: ProblemStatus, facts: ProblemFacts): Response {
  const body = JSON.stringify(problemDocument(status, facts));
  return context.body(body, status, { "content-type": "application/problem+json" });
}

/** Where it is part of something else: of an event stream. */
export function problemDocument(status: ProblemStatus, facts: ProblemFacts) {
  return { type: `urn:talos:${facts.code}`, status, ...facts };
}
