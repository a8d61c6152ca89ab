import * as z from "zod/mini";

const bits = z.pipe(
  z.string().check(z.regex(/^\d+$/)),
  z.transform((text) => BigInt(text)),
);

/** What is read of Discord's answers. */
export const botUser = z.object({ id: z.string(), username: z.string() });
export const botApplication = z.object({ id: z.string(), bot_require_code_grant: z.optional(z.boolean()) });
export const discordServer = z.object({
  id: z.string(),
  name: z.string(),
  roles: z.array(z.object({ id: z.string(), permissions: bits })),
});
export const serverMember = z.object({
  roles: z.array(z.string()),
  communication_disabled_until: z.nullish(z.string()),
});
export const discordChannel = z.object({
  type: z.number(),
  guild_id: z.optional(z.string()),
  name: z.nullish(z.string()),
  parent_id: z.nullish(z.string()),
  permission_overwrites: z._default(z.array(z.object({ id: z.string(), allow: bits, deny: bits })), []),
  thread_metadata: z.optional(z.object({ locked: z.optional(z.boolean()) })),
});

export type DiscordServer = z.infer<typeof discordServer>;
export type DiscordChannel = z.infer<typeof discordChannel>;
