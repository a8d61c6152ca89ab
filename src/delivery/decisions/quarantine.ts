import * as z from "zod/mini";

/** Versions of one target that do not go, and why. */
export const quarantineSchema = z.array(
  z.object({
    /**
     * `reverted`: this version was undone; nothing up to it goes. `declined`: somebody ignored this version; only it does
     * not go. `held`: somebody holds the target; nothing goes, and there are no members.
     */
    kind: z.enum(["reverted", "declined", "held"]),
    actor: z.string(),
    atMs: z.number(),
    /** The version that was undone or ignored: for each member its tag and digest. */
    members: z.array(z.object({ id: z.string(), tag: z.string(), digest: z.optional(z.string()) })),
  }),
);

export type Quarantine = z.infer<typeof quarantineSchema>;
