import * as z from "zod/mini";
import { sizes } from "../images/size.ts";

/** One reference that an update changes. Texts are whole images, as they stand in the file. */
const member = z.object({
  /** `kind:file#pointer` */
  id: z.string(),
  file: z.string(),
  pointer: z.string(),
  name: z.string(),
  /** What was decided upon. */
  from: z.string(),
  to: z.string(),
  /** In full: `docker.io`, `library/redis`. */
  domain: z.string(),
  path: z.string(),
  tag: z.string(),
  /** Of `to`; undefined: written without. */
  digest: z.optional(z.string()),
  /** When Talos first saw the digest under its tag: what orders two digests of one tag. */
  firstSeenMs: z.optional(z.number()),
});

/** One atomic change: a single reference, or the members of a sync group that change. As it is kept in the store. */
export const updateSchema = z.object({
  /** The id of the source. */
  source: z.string(),
  /** `kind:file#pointer`, or `group:<name>`. With the source, the identity of what is updated. */
  target: z.string(),
  size: z.enum(sizes),
  members: z.array(member),
  /** Members of the group that do not change, as they stood when it was decided. */
  stays: z.optional(z.array(z.object({ file: z.string(), pointer: z.string(), image: z.string() }))),
  /** The delivery windows of its policy, as written; empty: any time. */
  window: z.array(z.string()),
});

export type Update = z.infer<typeof updateSchema>;
export type UpdateMember = Update["members"][number];

/** The key of everything that is remembered of a target. */
export function targetKey({ source, target }: Pick<Update, "source" | "target">): string {
  return `${source} ${target}`;
}
