import * as z from "zod/mini";
import type { Progress } from "../operations/operation.ts";
import type { View } from "../operations/view.ts";
import { answerSchema, viewPartSchema } from "../operations/view-schema.ts";

/** What the socket answers, a JSON value a line: progress, and the answer at last. */
export const answerLineSchema = z.union([
  z.object({ kind: z.literal("status"), text: z.string() }),
  z.object({ kind: z.literal("part"), part: viewPartSchema }),
  z.extend(answerSchema, { code: z.exactOptional(z.string()) }),
]);

export interface Answer {
  readonly operation: string;
  readonly ok: boolean;
  readonly view: View;
  /** Why it is not `ok`; an ErrorCode. */
  readonly code?: string;
}

export type AnswerLine = Progress | Answer;
