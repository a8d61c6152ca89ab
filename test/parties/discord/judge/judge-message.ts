import type { APIEmbed } from "discord-api-types/v10";
import type { MessageBody, Row } from "../state/messages.ts";
import { at, type Violation } from "./violation.ts";

/** What the schemas leave out about a message. */
export function judgeMessage(body: MessageBody, fileCount: number, path: string): readonly Violation[] {
  return [
    ...judgeMentions(body, path),
    ...judgeEmbeds(body.embeds ?? [], at(path, "embeds")),
    ...judgeRows(body.components ?? [], at(path, "components")),
    ...judgeAttachments(body, fileCount, path),
  ];
}

/** A new one has to say something. */
export function judgeNewMessage(body: MessageBody, fileCount: number, path: string): readonly Violation[] {
  const isEmpty = (body.content ?? "") === "" && (body.embeds ?? []).length === 0 && fileCount === 0;
  return [
    ...(isEmpty ? [{ path, what: "an empty message" }] : []),
    ...(body.enforce_nonce === true && (body.nonce ?? "") === ""
      ? [{ path: at(path, "nonce"), what: "enforce_nonce without a nonce" }]
      : []),
    ...judgeMessage(body, fileCount, path),
  ];
}

function judgeMentions(body: MessageBody, path: string): readonly Violation[] {
  const mentions = "allowed_mentions" in body ? body.allowed_mentions : undefined;
  const given: Record<string, unknown> = { ...(mentions as object | undefined) };
  const names = ["parse", "users", "roles"].flatMap((key) => (Array.isArray(given[key]) ? given[key] : []));
  const isEmpty = Array.isArray(given.parse) && names.length === 0 && given.replied_user !== true;
  return isEmpty
    ? []
    : [{ path: at(path, "allowed_mentions"), what: "must be there and allow nothing: { parse: [] }" }];
}

function judgeEmbeds(embeds: readonly APIEmbed[], path: string): readonly Violation[] {
  const texts = embeds.map((embed) => [
    embed.title,
    embed.description,
    embed.author?.name,
    embed.footer?.text,
    ...(embed.fields ?? []).flatMap(({ name, value }) => [name, value]),
  ]);
  const total = texts.flat().reduce((sum, text) => sum + (text?.length ?? 0), 0);
  return [
    ...(total > 6000 ? [{ path, what: `${total} characters in all embeds; 6000 are allowed` }] : []),
    ...embeds.flatMap((embed, index) => judgeEmbed(embed, at(path, index))),
  ];
}

function judgeEmbed(embed: APIEmbed, path: string): readonly Violation[] {
  const isEmpty = [
    embed.title,
    embed.description,
    embed.author?.name,
    embed.footer?.text,
    embed.image?.url,
    embed.fields?.[0]?.name,
  ].every((text) => (text ?? "") === "");
  const fields = (embed.fields ?? []).flatMap(({ name, value }, index) => [
    ...(name.trim() === "" ? [{ path: at(at(at(path, "fields"), index), "name"), what: "is empty" }] : []),
    ...(value.trim() === "" ? [{ path: at(at(at(path, "fields"), index), "value"), what: "is empty" }] : []),
  ]);
  const fences = [embed.description, ...(embed.fields ?? []).map(({ value }) => value)]
    .filter((text) => (text ?? "").replaceAll("\\`", "").split("```").length % 2 === 0)
    .map(() => ({ path, what: "a code block is left open" }));
  const url =
    embed.url !== undefined && !/^https?:\/\//.test(embed.url)
      ? [{ path: at(path, "url"), what: "is no web address" }]
      : [];
  return [...(isEmpty ? [{ path, what: "an empty embed" }] : []), ...fields, ...fences, ...url];
}

function judgeRows(rows: readonly Row[], path: string): readonly Violation[] {
  const parts = rows.flatMap((row) => row.components);
  const ids = parts.flatMap((part) => ("custom_id" in part && part.custom_id !== undefined ? [part.custom_id] : []));
  return [
    ...(rows.length > 5 ? [{ path, what: `${rows.length} rows; 5 are allowed` }] : []),
    ...(new Set(ids).size < ids.length ? [{ path, what: "a custom id is there twice" }] : []),
    ...rows.flatMap((row, index) => judgeRow(row, at(path, index))),
  ];
}

function judgeRow(row: Row, path: string): readonly Violation[] {
  const isMixed = row.components.length > 1 && row.components.some(({ type }) => type !== 2);
  return [
    ...(isMixed ? [{ path, what: "a select stands alone in its row" }] : []),
    ...row.components.flatMap((part, index) => judgePart(part, at(at(path, "components"), index))),
  ];
}

type Part = Row["components"][number];

function judgePart(part: Part, path: string): readonly Violation[] {
  const wrong: string[] = [];
  if (part.type === 2) {
    const label = "label" in part ? (part.label ?? "") : "";
    if (label === "" && !("emoji" in part && part.emoji !== undefined)) wrong.push("a button without a label");
    const isLink = "url" in part && part.url !== undefined;
    const hasId = "custom_id" in part && part.custom_id !== undefined;
    if (part.style === 5 ? !isLink || hasId : !hasId || isLink)
      wrong.push("a link has an address and no custom id, every other button the other way round");
  }
  if (part.type === 3) {
    const values = part.options.map(({ value }) => value);
    const chosen = part.options.filter((option) => option.default === true).length;
    if (new Set(values).size < values.length) wrong.push("a value is there twice");
    if ((part.max_values ?? 1) > values.length) wrong.push("max_values is more than there are options");
    if ((part.min_values ?? 1) > (part.max_values ?? 1)) wrong.push("min_values is more than max_values");
    if (chosen > (part.max_values ?? 1)) wrong.push("more defaults than max_values");
    if (part.options.some(({ label, value }) => label === "" || value === ""))
      wrong.push("an option without label or value");
  }
  return wrong.map((what) => ({ path, what }));
}

function judgeAttachments(body: MessageBody, fileCount: number, path: string): readonly Violation[] {
  if (fileCount > 10) return [{ path: at(path, "attachments"), what: `${fileCount} files; 10 are allowed` }];
  return [];
}
