import * as z from "zod/mini";

const tone = z.enum(["good", "warning", "bad", "quiet"]);
const cell = z.union([
  z.string(),
  z.object({ text: z.string(), tone }),
  z.object({ atMs: z.number(), exact: z.exactOptional(z.literal(true)) }),
]);

/** What `View` is, for whoever reads one as JSON. */
export const viewPartSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("text"),
    text: z.string(),
    tone: z.exactOptional(tone),
    heading: z.exactOptional(z.literal(true)),
  }),
  z.object({ type: z.literal("fields"), fields: z.array(z.object({ name: z.string(), value: cell })) }),
  z.object({ type: z.literal("table"), columns: z.array(z.string()), rows: z.array(z.array(cell)) }),
  z.object({ type: z.literal("code"), text: z.string() }),
  z.object({ type: z.literal("log"), lines: z.array(z.string()) }),
  z.object({ type: z.literal("link"), text: z.string(), url: z.string() }),
  z.object({
    type: z.literal("choice"),
    text: z.string(),
    operation: z.string(),
    arguments: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    tone: z.exactOptional(tone),
  }),
]);

/** What an operation answers as JSON, over HTTP and with `--json`. */
export const answerSchema = z.strictObject({
  operation: z.string(),
  ok: z.boolean(),
  view: z.array(viewPartSchema),
});
