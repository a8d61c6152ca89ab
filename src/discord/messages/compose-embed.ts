import type { APIEmbed, APIEmbedField } from "discord-api-types/v10";
import { codeBlock } from "../text/code-block.ts";
import { cutMarkdown } from "../text/cut-markdown.ts";
import { label } from "../text/label.ts";
import { toMarkdown } from "../text/markdown.ts";
import type { Bar, Block, Card, File } from "./draft.ts";
import { limits } from "./limits.ts";

const colors: Readonly<Record<Bar, number>> = {
  read: 0x9b59b6,
  done: 0x2ecc71,
  asked: 0xe67e22,
  failed: 0xed4245,
  over: 0x95a5a6,
};
/** A piece of code with fewer characters than this tells nothing. */
const leastCode = 60;

interface ComposedEmbed {
  readonly embed: APIEmbed;
  /** How much of what all embeds may have. */
  readonly length: number;
  /** Code that was cut, in full. */
  readonly files: readonly File[];
}

/** In `room` characters at most. */
export function composeEmbed(card: Card, room: number): ComposedEmbed {
  const files: File[] = [];
  // One is kept for what stands in an empty one.
  let left = room - 1;
  const take = (text: string): string => {
    left -= text.length;
    return text;
  };
  const title = take(write([card.title ?? ""], Math.min(limits.title, left), files));
  const footer = take(label(card.footer ?? "", Math.min(limits.footer, left)));
  const body = take(write(card.body, Math.min(limits.description, left), files));
  const fields: APIEmbedField[] = [];
  for (const field of (card.fields ?? []).slice(0, limits.fields)) {
    const name = write([field.name], Math.min(limits.fieldName, left), files) || "–";
    const value = write([field.value], Math.min(limits.fieldValue, left - name.length), files) || "–";
    if (name.length + value.length > left) break;
    fields.push({ name: take(name), value: take(value), inline: field.isInline === true });
  }
  const isEmpty = title === "" && body === "" && fields.length === 0;
  const embed: APIEmbed = {
    color: colors[card.bar],
    ...(title === "" ? {} : { title }),
    ...(body === "" && !isEmpty ? {} : { description: isEmpty ? take("–") : body }),
    ...(fields.length === 0 ? {} : { fields }),
    ...(footer === "" ? {} : { footer: { text: footer } }),
    ...(card.atMs === undefined ? {} : { timestamp: new Date(card.atMs).toISOString() }),
  };
  return { embed, length: room - 1 - left, files };
}

/** The blocks, one below the other, as far as there is room; code that is cut goes to `files`. */
function write(blocks: readonly Block[], limit: number, files: File[]): string {
  let written = "";
  for (const block of blocks) {
    const between = written === "" ? "" : "\n";
    const room = limit - written.length - between.length;
    const text = writeBlock(block, room, files);
    if (text !== "") written += `${between}${text}`;
  }
  return written;
}

function writeBlock(block: Block, room: number, files: File[]): string {
  if (typeof block === "string" || "markdown" in block)
    return room < 1 ? "" : cutMarkdown(toMarkdown(block), room).markdown;
  const whole = codeBlock(block.code).markdown;
  if (whole.length <= room) return whole;
  files.push({ name: block.fileName ?? "output.txt", text: block.code });
  return room < leastCode ? "" : codeBlock(block.code, room).markdown;
}
