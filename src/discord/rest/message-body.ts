import type { Message } from "../message.ts";

/**
 * A message as Discord takes it. It never mentions anybody, whatever its text says. An edit replaces the files that were
 * there before.
 */
export function messageBody({ embeds, components, files = [] }: Message) {
  return {
    embeds,
    components,
    allowed_mentions: { parse: [] },
    attachments: files.map(({ name }, id) => ({ id, filename: name })),
  };
}
