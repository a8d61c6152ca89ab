import * as z from "zod/mini";

const user = z.object({ id: z.string(), username: z.string(), global_name: z.nullish(z.string()) });

const base = {
  id: z.string(),
  application_id: z.string(),
  /** Opens the answer to whoever knows it, for 15 minutes. */
  token: z.string(),
  guild_id: z.optional(z.string()),
  channel_id: z.optional(z.string()),
  member: z.optional(
    z.object({
      user,
      nick: z.nullish(z.string()),
      roles: z.array(z.string()),
      /** A bit set, in decimal digits. */
      permissions: z.string(),
    }),
  ),
};

const option = z.object({
  name: z.string(),
  value: z.optional(z.union([z.string(), z.number(), z.boolean()])),
  focused: z.optional(z.boolean()),
  get options() {
    return z.optional(z.array(option));
  },
});

const command = z.object({ name: z.string(), options: z.optional(z.array(option)) });

/** What Discord tells of a command, of typing one, and of a click: the parts that Talos reads. */
export const interactionSchema = z.discriminatedUnion("type", [
  z.object({ ...base, type: z.literal(2), data: command }),
  z.object({ ...base, type: z.literal(4), data: command }),
  z.object({
    ...base,
    type: z.literal(3),
    data: z.object({ custom_id: z.string(), values: z._default(z.array(z.string()), []) }),
    message: z.object({ id: z.string(), channel_id: z.optional(z.string()), flags: z.optional(z.number()) }),
  }),
]);

export type Interaction = z.infer<typeof interactionSchema>;
export type CommandInteraction = Extract<Interaction, { type: 2 }>;
export type TypingInteraction = Extract<Interaction, { type: 4 }>;
export type ClickInteraction = Extract<Interaction, { type: 3 }>;
