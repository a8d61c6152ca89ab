/**
 * What `plan --json` prints, and what every surface shows of a scan. Part of the public interface: fields are added,
 * never changed, as long as `version` is 1. The schema is published in docs/plan.schema.json.
 */
import * as z from "zod/mini";
import { sizes } from "../images/size.ts";
import { strategies } from "../policy/policy.ts";
import { verdictKinds } from "./verdict.ts";

const size = z.enum(sizes);
const strategy = z.enum(strategies);
const reason = z.object({ code: z.string(), text: z.string() });
const edit = z.object({ file: z.string(), line: z.int(), from: z.string(), to: z.string() });
const sync = z.object({
  role: z.enum(["parent", "child"]),
  group: z.string(),
  id: z.string(),
  children: z.optional(z.array(z.string())),
  digest: z.optional(z.boolean()),
});

const policy = z.object({
  skip: z.boolean(),
  bump: size,
  strategy: z.object({ digest: strategy, patch: strategy, minor: strategy, major: strategy }),
  sync: z.nullable(sync),
  pin: z.boolean(),
  allow: z.array(z.string()),
  ignore: z.array(z.string()),
  ageSeconds: z.nullable(z.number()),
  window: z.array(z.string()),
  platform: z.nullable(z.string()),
});

const proposal = z.object({
  to: z.string(),
  size,
  strategy: z.enum(["push", "prompt", "notify"]),
  group: z.optional(z.string()),
  /** What would change, and where: in the reference's own file or in the one that holds its text. */
  edits: z.array(edit),
});

const reference = z.object({
  /** `kind:file#pointer`, unique in a source. */
  id: z.string(),
  kind: z.enum(["compose", "dockerfile", "yaml", "env"]),
  source: z.string(),
  file: z.string(),
  /** Empty when the file itself cannot be read. */
  pointer: z.string(),
  line: z.int(),
  name: z.string(),
  /** The resolved text. */
  image: z.string(),
  /** Where the file says it differently. */
  written: z.optional(z.string()),
  policy: z.nullable(policy),
  verdict: z.enum(verdictKinds),
  /** The highest tag that the policy allows, whether or not it may go now. */
  newest: z.nullable(z.object({ tag: z.string(), size })),
  proposals: z.array(proposal),
  reasons: z.array(reason),
  warnings: z.optional(z.array(reason)),
});

const count = z.int();
export const planDocumentSchema = z.object({
  version: z.literal(1),
  references: z.array(reference),
  summary: z.object({
    references: count,
    current: count,
    update: count,
    held: count,
    skipped: count,
    unknown: count,
    requests: z.object({ head: count, get: count }),
    seconds: z.number(),
  }),
});

export type PlanDocument = z.infer<typeof planDocumentSchema>;
export type PlannedReference = PlanDocument["references"][number];
