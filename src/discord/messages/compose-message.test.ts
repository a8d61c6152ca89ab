import { MessageCreateRequestSchema } from "discord-api-spec/zod";
import fc from "fast-check";
import { expect, test } from "vitest";
import { small } from "../text/markdown.ts";
import { composeMessage } from "./compose-message.ts";
import type { Block, Card, Draft, Row } from "./draft.ts";

const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.constantFrom("@everyone", "```", "`", "- x", "https://evil.example", "", "\n", "\\", "***"),
  fc.tuple(fc.string({ minLength: 1, maxLength: 6 }), fc.nat(1500)).map(([some, times]) => some.repeat(times)),
  fc.array(fc.string({ maxLength: 60 }), { maxLength: 80 }).map((all) => all.join("\n")),
);
const block: fc.Arbitrary<Block> = fc.oneof(
  text,
  text.map((line) => small(line)),
  text.map((code) => ({ code })),
  fc.record({ code: text, fileName: text }),
);
const card: fc.Arbitrary<Card> = fc.record(
  {
    bar: fc.constantFrom("read" as const, "failed" as const),
    title: text,
    body: fc.array(block, { maxLength: 6 }),
    fields: fc.array(fc.record({ name: text, value: block }), { maxLength: 30 }),
    footer: text,
    atMs: fc.nat(2_000_000_000_000),
  },
  { requiredKeys: ["bar", "body"] },
);
const customId = fc.oneof(fc.string({ maxLength: 120 }), fc.constantFrom("a", "b"));
const press = fc.oneof(
  customId.map((id) => ({ customId: id })),
  fc.oneof(fc.webUrl(), text).map((url) => ({ url })),
);
const option = fc.record({ label: text, value: customId, description: text }, { requiredKeys: ["label", "value"] });
const row: fc.Arbitrary<Row> = fc.oneof(
  fc.array(fc.record({ label: text, press }), { maxLength: 8 }),
  fc.record({
    customId,
    placeholder: text,
    options: fc.array(option, { maxLength: 30 }),
    most: fc.integer({ min: -1, max: 40 }),
  }),
);
const draft: fc.Arbitrary<Draft> = fc.record(
  {
    cards: fc.array(card, { minLength: 1, maxLength: 13 }),
    rows: fc.array(row, { maxLength: 8 }),
    files: fc.array(fc.record({ name: text, text }), { maxLength: 12 }),
  },
  { requiredKeys: ["cards"] },
);

test("whatever goes in, what comes out is what Discord takes", () => {
  fc.assert(
    fc.property(draft, (given) => {
      const { embeds, components, files = [] } = composeMessage(given);
      MessageCreateRequestSchema.parse({ embeds, components });
      expect(embeds.length).toBeGreaterThan(0);
      let length = 0;
      for (const { title = "", description = "", fields = [], footer } of embeds) {
        for (const written of [
          title,
          description,
          footer?.text ?? "",
          ...fields.flatMap(({ name, value }) => [name, value]),
        ])
          length += written.length;
        expect(title.length + description.length + fields.length).toBeGreaterThan(0);
        for (const written of [description, ...fields.map(({ value }) => value)]) expectClosedBlocks(written);
        for (const { name, value } of fields) expect([name, value]).not.toContain("");
      }
      expect(length).toBeLessThanOrEqual(6000);
      expect(components.length).toBeLessThanOrEqual(5);
      const ids = components
        .flatMap((one) => one.components)
        .flatMap((one) => ("custom_id" in one ? [one.custom_id] : []));
      expect(new Set(ids).size).toBe(ids.length);
      for (const one of components) expect(one.components.length).toBeLessThanOrEqual(5);
      expect(new Set(files.map(({ name }) => name)).size).toBe(files.length);
      expect(files.length).toBeLessThanOrEqual(10);
      for (const { name, text } of files) {
        expect(name).toMatch(/^[\w-][\w.-]*$/);
        expect(text).not.toBe("");
      }
    }),
    { numRuns: 150, endOnFailure: true },
  );
});

/** Fences stand alone in their lines, in pairs, with something between them. */
function expectClosedBlocks(markdown: string): void {
  const fences = [...markdown.matchAll(/^```$/gm)];
  expect(fences.length % 2).toBe(0);
  expect(markdown).not.toMatch(/```\n+```\n*$/);
}

test("code that is too long is cut and closed, and attached in full", () => {
  const code = Array.from({ length: 600 }, (_, index) => `line ${index}`).join("\n");
  const { embeds, files } = composeMessage({
    cards: [{ bar: "read", body: ["before", { code, fileName: "web logs" }] }],
  });
  expect(embeds[0]?.description).toMatch(/^before\n```\nline 0\n[^`]*…\n```$/);
  expect(files).toEqual([{ name: "web-logs", text: code }]);
});

test("text that is too long loses whole lines, not the ends of blocks", () => {
  const body = Array.from({ length: 600 }, (_, index) => small(`line ${index}`));
  const { embeds } = composeMessage({ cards: [{ bar: "read", body }] });
  const lines = embeds[0]?.description?.split("\n") ?? [];
  expect(lines.length).toBeGreaterThan(200);
  expect(lines.slice(0, -1).every((line, index) => line === `-# line ${index}`)).toBe(true);
});

test("a control that could not be pressed is left out, and one of the same id", () => {
  const { components } = composeMessage({
    cards: [{ bar: "read", body: ["x"] }],
    rows: [
      [
        { label: "one", press: { customId: "1" }, color: "green" },
        { label: "again", press: { customId: "1" } },
        { label: "long", press: { customId: "x".repeat(101) } },
        { label: "script", press: { url: "javascript:alert(1)" } },
      ],
      [],
    ],
  });
  expect(components).toEqual([
    { type: 1, components: [{ type: 2, label: "one", style: 3, custom_id: "1", disabled: false }] },
  ]);
});
