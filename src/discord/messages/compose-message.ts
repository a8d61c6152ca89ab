/**
 * The one way in which a message for Discord is made. Whatever goes in, what comes out is within Discord's limits: cards
 * and rows beyond them are left out, code that is too long is cut and attached in full. Writing less is up to who drafts.
 */
import type { Message } from "../message.ts";
import { label } from "../text/label.ts";
import { visible } from "../text/visible.ts";
import { composeEmbed } from "./compose-embed.ts";
import { composeRows } from "./compose-rows.ts";
import type { Draft, File } from "./draft.ts";
import { limits } from "./limits.ts";

/** Less room than this is not worth a card of its own. */
const leastCard = 300;

export function composeMessage({ cards, rows = [], files = [] }: Draft): Message {
  let room: number = limits.embedText;
  const embeds = [];
  const attached = [...files];
  for (const card of cards.slice(0, limits.embeds)) {
    if (room < leastCard) break;
    const composed = composeEmbed(card, room);
    room -= composed.length;
    embeds.push(composed.embed);
    attached.push(...composed.files);
  }
  const components = composeRows(rows);
  return { embeds, components, ...(attached.length === 0 ? {} : { files: composeFiles(attached) }) };
}

function composeFiles(files: readonly File[]): readonly File[] {
  const names = new Set<string>();
  return files.slice(0, limits.files).map(({ name, text }, index) => {
    const safe =
      label(name, 80)
        .replace(/[^A-Za-z0-9._-]+/g, "-")
        .replace(/^[.-]+/, "") || "output.txt";
    const unique = names.has(safe) ? `${index + 1}-${safe}` : safe;
    names.add(unique);
    // The end of what is too long: of a log that is the latest.
    return { name: unique, text: visible(text).slice(-limits.fileText) || "\n" };
  });
}
