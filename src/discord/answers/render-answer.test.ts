import { MessageCreateRequestSchema } from "discord-api-spec/zod";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readMarkdown } from "../../../test/discord/living-markdown.ts";
import type { Tone, View, ViewCell, ViewPart } from "../../operations/view.ts";
import { parseCustomId } from "../custom-id.ts";
import type { Message } from "../message.ts";
import type { Answer } from "./answer.ts";
import { renderAnswer } from "./render-answer.ts";
import { renderRunning } from "./render-running.ts";

const atMs = Date.UTC(2026, 10, 21, 12);
const seconds = atMs / 1000;
const id = "5b0a7a8e-1111-4222-8333-444444444444";
const look = { name: "container logs", access: "read", positional: ["host", "container"] } as const;
const act = { name: "host prune", access: "operate", positional: ["host"] } as const;

function answer(view: View, changes: Partial<Answer> = {}): Answer {
  return { id, atMs, operation: look, given: { host: "nas", container: "web" }, ok: true, view, ...changes };
}

function textOf({ embeds }: Message): string {
  return embeds.map(({ description = "" }) => description).join("\n\n");
}

function controlsOf({ components }: Message) {
  return components.map((row) =>
    row.components.map((one) => ("label" in one ? `${one.label}${one.disabled ? " (off)" : ""}` : one.type)),
  );
}

describe("the layout", () => {
  test("is a heading, a small line of what it is about, and the parts", () => {
    const view: View = [
      { type: "text", text: "2 of 3 *run*" },
      { type: "text", heading: true, text: "on nas", tone: "bad" },
      {
        type: "fields",
        fields: [
          { name: "since", value: { atMs } },
          { name: "at", value: { atMs, exact: true } },
        ],
      },
      { type: "fields", fields: [{ name: "digest", value: `sha256:${"a".repeat(64)}` }] },
      { type: "code", text: "a\n  *b*" },
      { type: "text", text: "not much", tone: "quiet" },
      { type: "text", text: "careful", tone: "warning" },
      { type: "link", text: "commit", url: "https://git.example/1" },
    ];
    const message = renderAnswer(answer(view, { given: { host: "nas", container: "we_b", lines: 5, all: true } }));
    expect(textOf(message)).toBe(
      [
        "**Container logs**",
        "-# nas » we\\_b · lines 5 · all",
        "2 of 3 \\*run\\*",
        "",
        "🔴 **on nas**",
        `**since** <t:${seconds}:R>`,
        `**at** <t:${seconds}:f>`,
        `**digest** \`sha256:${"a".repeat(64)}\``,
        "```\na\n  *b*\n```",
        "-# not much",
        "🟠 careful",
        "[commit](<https://git.example/1>)",
      ].join("\n"),
    );
    expect(message.embeds[0]).toMatchObject({ color: 0x9b59b6, timestamp: "2026-11-21T12:00:00.000Z" });
  });

  test("of an error says so, quotes it, and says what to do", () => {
    const view: View = [
      { type: "text", tone: "bad", text: "nas is down:\nno route" },
      { type: "text", text: "is it switched on?" },
    ];
    const message = renderAnswer(answer(view, { ok: false, code: "host-unreachable" }));
    expect(textOf(message)).toBe(
      "**Container logs**\n-# nas » web\n**Error**\n> nas is down\\:\n> no route\nis it switched on?",
    );
    expect(message.embeds[0]?.color).toBe(0xed4245);
  });

  test.each<[string, Partial<Answer>, View, number]>([
    ["purple: looked at", {}, [], 0x9b59b6],
    ["purple: looked at, with bad news", {}, [{ type: "text", tone: "bad", text: "x" }], 0x9b59b6],
    ["green: done", { operation: act }, [{ type: "text", text: "x" }], 0x2ecc71],
    [
      "green: done, and can be undone",
      { operation: act },
      [{ type: "text", tone: "good", text: "x" }, choice("undo")],
      0x2ecc71,
    ],
    ["orange: to be confirmed", { operation: act }, [{ type: "text", text: "x" }, choice("host prune")], 0xe67e22],
    ["orange: not as hoped", { operation: act }, [{ type: "text", tone: "warning", text: "x" }], 0xe67e22],
    ["red: done, to no good", { operation: act }, [{ type: "text", tone: "bad", text: "x" }], 0xed4245],
    ["grey: cancelled", { operation: act, ok: false, code: "cancelled" }, [], 0x95a5a6],
  ])("has a bar that is %s", (_, changes, view, color) => {
    expect(renderAnswer(answer(view, changes)).embeds[0]?.color).toBe(color);
  });
});

function choice(operation: string, changes: Partial<Extract<ViewPart, { type: "choice" }>> = {}): ViewPart {
  return { type: "choice", text: "Do it", operation, arguments: {}, ...changes };
}

describe("a table", () => {
  test("is aligned where a phone shows it, without columns that are empty, by what a reader sees", () => {
    const view: View = [
      {
        type: "table",
        columns: ["name", "until", "since"],
        rows: [
          ["日本", "", { atMs: atMs - 3_700_000 }],
          ["a```b", "", { atMs: atMs + 90_000 }],
          [{ text: "c", tone: "bad" }, "", { atMs: atMs - 30 * 86_400_000 }],
        ],
      },
    ];
    expect(textOf(renderAnswer(answer(view)))).toContain(
      "```\nname   since\n日本   1 h ago\na`ˋ`b  in 1 min\nc      2026-10-22\n```",
    );
  });

  test("that is wider has lines for each row: what explains below, times last and in the reader's words", () => {
    const view: View = [
      {
        type: "table",
        columns: ["what", "since", "tries", "verdict", "why"],
        rows: [
          [
            "we*b",
            { atMs, exact: true },
            "3",
            { text: "unknown", tone: "bad" },
            "the registry did not answer in time, again",
          ],
        ],
      },
    ];
    expect(
      textOf(renderAnswer(answer(view)))
        .split("\n")
        .slice(2),
    ).toEqual([
      "-# what · tries · verdict · why · since",
      `**we\\*b** · 3 tries · 🔴 unknown · <t:${seconds}:R>`,
      "-# the registry did not answer in time, again",
    ]);
  });

  test("that goes on from the one before has its columns once", () => {
    const one = (name: string) => ({ type: "table", columns: ["name"], rows: [[name]] }) as const;
    expect(textOf(renderAnswer(answer([one("a"), one("b")])))).toContain("```\nname\na\nb\n```");
  });

  test("that is long goes on over pages, below its headings", () => {
    const rows = Array.from({ length: 60 }, (_, index) => [`service-${index}`, "x".repeat(60)]);
    const view: View = [
      { type: "text", heading: true, text: "infra" },
      { type: "table", columns: ["name", "why"], rows },
      { type: "text", text: "the end" },
    ];
    const first = renderAnswer(answer(view));
    expect(controlsOf(first)).toEqual([["◀ (off)", "1/5 (off)", "▶"]]);
    const pages = [0, 1, 2, 3, 4].map((page) => renderAnswer(answer(view), page));
    for (const page of pages)
      expect(textOf(page)).toMatch(/^\*\*Container logs\*\*\n-# .*\n\n\*\*infra\*\*\n-# name · why\n\*\*service/);
    expect(textOf(pages[4] ?? first)).toMatch(/the end$/);
    expect(controlsOf(pages[4] ?? first)).toEqual([["◀", "5/5 (off)", "▶ (off)"]]);
    expect(renderAnswer(answer(view), 99)).toEqual(pages[4]);
    expect(renderAnswer(answer(view), -1)).toEqual(first);
  });
});

describe("what is long", () => {
  test("of a log: the last lines are shown, all are in a file", () => {
    const lines = Array.from({ length: 200 }, (_, index) => `line ${index}`);
    const message = renderAnswer(answer([{ type: "log", lines }]));
    expect(textOf(message)).toContain("```\nline 175\n");
    expect(textOf(message)).toContain("line 199\n```\n-# the last 25 lines of 200; all are in log.txt");
    expect(message.files).toEqual([{ name: "log.txt", text: lines.join("\n") }]);
  });

  test("of a text: its beginning is shown, all is in a file", () => {
    const text = "word ".repeat(2000);
    const message = renderAnswer(answer([{ type: "text", text }]));
    expect(textOf(message).length).toBeLessThan(1700);
    expect(message.files).toEqual([{ name: "text.txt", text }]);
  });
});

describe("choices", () => {
  const answers = (name: string): View =>
    (["push", "defer", "ignore"] as const).map((word) =>
      choice("update answer", {
        text: `${word} ${name}: redis:7 -> 8`,
        arguments: { reference: name, answer: word },
        ...(word === "push" ? { tone: "good" as const } : word === "ignore" ? { tone: "bad" as const } : {}),
      }),
    );

  test("of one question are a row of buttons, in their colours", () => {
    const { components } = renderAnswer(answer([...answers("web"), ...answers("db")]));
    expect(components.map((row) => row.components)).toMatchObject([
      [
        { label: "push web", style: 3, custom_id: `talos1:choice:${id}:0` },
        { label: "defer web", style: 1, custom_id: `talos1:choice:${id}:1` },
        { label: "ignore web", style: 4, custom_id: `talos1:choice:${id}:2` },
      ],
      [{ label: "push db", custom_id: `talos1:choice:${id}:3` }, { label: "defer db" }, { label: "ignore db" }],
    ]);
  });

  test("that are many are one select", () => {
    const { components } = renderAnswer(answer(["a", "b", "c", "d"].flatMap(answers)));
    expect(components).toMatchObject([
      {
        components: [
          {
            type: 3,
            custom_id: `talos1:choose:${id}:0`,
            options: [
              { label: "push a", value: "0", description: "redis:7 -> 8" },
              ...Array.from({ length: 11 }, () => ({})),
            ],
          },
        ],
      },
    ]);
  });

  test("that are long are a select, which shows more of them", () => {
    const long = (name: string) =>
      choice("why", { text: `compose:services/${name}/compose.yml#services.web`, arguments: { reference: name } });
    expect(controlsOf(renderAnswer(answer([long("a"), long("b")])))).toEqual([[3]]);
  });

  test("are all there on one of the pages, beside the row that turns them", () => {
    const view = Array.from({ length: 30 }, (_, index) => `s${index}`).flatMap(
      (name): View => [{ type: "text", text: name }, ...answers(name)],
    );
    const seen = [0, 1, 2, 3, 4, 5].flatMap((page) =>
      renderAnswer(answer(view), page).components.flatMap((row) =>
        row.components.flatMap((one) => (one.type === 3 ? one.options.map(({ value }) => Number(value)) : [])),
      ),
    );
    expect([...new Set(seen)].toSorted((one, other) => one - other)).toEqual(
      Array.from({ length: 90 }, (_, index) => index),
    );
  });
});

describe("while it runs", () => {
  const running = { operation: look, given: { host: "nas" }, runId: id, atMs, parts: [] };

  test("the latest status stands below what is there, with a button that cancels", () => {
    const message = renderRunning({ ...running, status: "pulling *web*", parts: [{ type: "text", text: "one" }] });
    expect(textOf(message)).toBe("**Container logs**\n-# nas\none\n*pulling \\*web\\**");
    expect(message.components).toMatchObject([
      { components: [{ label: "Cancel", style: 4, custom_id: `talos1:cancel:${id}` }] },
    ]);
  });

  test("and nothing was said yet, Talos is thinking", () => {
    expect(textOf(renderRunning({ ...running, status: undefined }))).toBe(
      "**Container logs**\n-# nas\n*Talos is thinking…*",
    );
  });

  test("the latest of many parts are shown", () => {
    const parts = Array.from({ length: 100 }, (_, index) => ({ type: "text", text: `part ${index}` }) as const);
    const text = textOf(renderRunning({ ...running, status: "on it", parts }));
    expect(text).toContain("part 99");
    expect(text).not.toContain("part 9\n");
  });
});

const outside = fc.oneof(
  fc.constantFrom(
    "@everyone",
    "<@1>",
    "`x`",
    "```",
    "**b**",
    "# h",
    "- l",
    "> q",
    "https://evil.example",
    "[a](https://e.example)",
    ":x:",
    "\n",
    "\u202e",
    "||s||",
    "x",
  ),
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.string({ maxLength: 3000 }),
);
const tone = fc.constantFrom<Tone[]>("good", "warning", "bad", "quiet");
const cell: fc.Arbitrary<ViewCell> = fc.oneof(
  outside,
  fc.record({ text: outside, tone }),
  fc.record({ atMs: fc.oneof(fc.nat(2_000_000_000_000), fc.double()) }),
  fc.record({ atMs: fc.double(), exact: fc.constant(true as const) }),
);
const part: fc.Arbitrary<ViewPart> = fc.oneof(
  outside.map((text) => ({ type: "text", text }) as const),
  fc.record({ type: fc.constant("text" as const), text: outside, tone }),
  outside.map((text) => ({ type: "text", text, heading: true }) as const),
  fc.record({
    type: fc.constant("fields" as const),
    fields: fc.array(fc.record({ name: outside, value: cell }), { maxLength: 4 }),
  }),
  fc.record({
    type: fc.constant("table" as const),
    columns: fc.array(outside, { minLength: 1, maxLength: 4 }),
    rows: fc.array(fc.array(cell, { maxLength: 4 }), { maxLength: 6 }),
  }),
  outside.map((text) => ({ type: "code", text }) as const),
  fc.array(outside, { maxLength: 40 }).map((lines) => ({ type: "log", lines }) as const),
  fc.record({
    type: fc.constant("choice" as const),
    text: outside,
    operation: outside,
    arguments: fc.dictionary(fc.string({ maxLength: 3 }), outside, { maxKeys: 2 }),
  }),
);
/** What Talos writes itself. */
const own = /^(?:strong|small|quote|code|code block|time|emphasis): /;

test("whatever a view says, every page is one that Discord takes, and nothing from outside is alive in it", () => {
  fc.assert(
    fc.property(
      fc.array(part, { maxLength: 12 }),
      fc.boolean(),
      fc.dictionary(fc.constantFrom("host", "x"), outside),
      (view, ok, given) => {
        for (let page = 0; page < 40; page += 1) {
          const message = renderAnswer(answer(view, { ok, given }), page);
          const { embeds, components } = message;
          MessageCreateRequestSchema.parse({ embeds, components });
          for (const living of readMarkdown(textOf(message)).living) expect(living).toMatch(own);
          expect(textOf(message)).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
          for (const row of components)
            for (const one of row.components)
              if ("custom_id" in one) expect(parseCustomId(one.custom_id)).toBeDefined();
          if (!controlsOf(message).flat().includes("▶")) break;
        }
      },
    ),
    { numRuns: 60, endOnFailure: true },
  );
});
