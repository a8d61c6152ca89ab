import { stripVTControlCharacters, styleText } from "node:util";
import { expect, test } from "vitest";
import type { View } from "../operations/view.ts";
import { textWidth } from "../text-width.ts";
import { renderView } from "./render-view.ts";
import type { Terminal } from "./terminal.ts";

const nowMs = 1_795_000_000_000;

function terminal(columns: number | undefined, isColored = false): Terminal {
  const style: Terminal["style"] = (format, text) =>
    isColored ? styleText(format, text, { validateStream: false }) : text;
  return { out: () => undefined, err: () => undefined, columns, isLive: false, canAsk: false, style };
}

function render(view: View, columns?: number): string {
  return renderView(view, terminal(columns), { nowMs }).join("\n");
}

test("what belongs to a heading is indented, and sections are set apart", () => {
  const view: View = [
    { type: "text", text: "2 sources" },
    { type: "text", heading: true, text: "one" },
    { type: "text", text: "fine\n  more" },
    { type: "table", columns: ["a", "b"], rows: [["1", { text: "2", tone: "bad" }]] },
    { type: "fields", fields: [{ name: "since", value: { atMs: nowMs - 60_000 } }] },
    { type: "text", heading: true, text: "two" },
    { type: "code", text: "x\ny" },
    { type: "log", lines: ["l1", "l2"] },
    { type: "link", text: "commit", url: "https://git.example/1" },
  ];
  expect(render(view)).toBe(
    [
      "2 sources",
      "",
      "one",
      "  fine",
      "    more",
      "",
      "  a  b",
      "  1  2",
      "",
      "  since    1 min ago",
      "",
      "two",
      "    x",
      "    y",
      "  l1",
      "  l2",
      "  commit: https://git.example/1",
    ].join("\n"),
  );
});

test("choices are commands to type; those that differ in their last word are one line", () => {
  const answer = (answer: string): View[number] => ({
    type: "choice",
    text: `${answer} it`,
    operation: "update answer",
    arguments: { reference: "a web's", answer },
  });
  expect(
    render([
      answer("push"),
      answer("defer"),
      answer("ignore"),
      { type: "choice", text: "Drop all", operation: "cleardeadletters", arguments: {} },
      { type: "choice", text: "web", operation: "why", arguments: { reference: "web", source: "infra" } },
    ]),
  ).toBe(
    [
      "talos update answer 'a web'\\''s' push|defer|ignore",
      "Drop all: talos cleardeadletters",
      "talos why web --source infra",
    ].join("\n"),
  );
});

test.each([60, 80, 140])("at %d columns nothing is wider, and what explains goes on below itself", (columns) => {
  const reason = "it was first seen 5 h ago and its policy wants that it is 3 days old";
  const row = ["a-rather-long-name", "services/media/compose.yml", { text: "held", tone: "warning" }, reason] as const;
  const view: View = [
    { type: "text", heading: true, text: "github.com/me/infra" },
    { type: "table", columns: ["what", "file", "verdict", "why"], rows: [row] },
    { type: "fields", fields: [{ name: "reason", value: reason }] },
    { type: "text", text: reason, tone: "bad" },
  ];
  const lines = renderView(view, terminal(columns, true), { nowMs }).map((line) => stripVTControlCharacters(line));
  expect(Math.max(...lines.map(textWidth))).toBeLessThanOrEqual(columns);
  const words = lines.join(" ").split(/\s+/);
  for (const word of reason.split(" ")) expect(words.filter((one) => one === word).length).toBeGreaterThanOrEqual(3);
});

test("text from outside shows what a terminal would obey", () => {
  const evil = "a\u001b[2Jb\u202ec";
  const harmless = "a\\u001b[2Jb\\u202ec";
  const view: View = [
    { type: "text", text: evil },
    { type: "fields", fields: [{ name: evil, value: evil }] },
    { type: "table", columns: [evil], rows: [[evil], [{ text: evil, tone: "good" }]] },
    { type: "code", text: evil },
    { type: "log", lines: [evil] },
    { type: "link", text: evil, url: evil },
    { type: "choice", text: evil, operation: "why", arguments: { reference: evil } },
  ];
  const text = render(view);
  for (const character of ["\u001b", "\u202e"]) expect(text).not.toContain(character);
  expect(text.split(harmless).length - 1).toBe(11);
});

test("a table that goes on from another keeps its columns", () => {
  const above = { type: "table", columns: ["when", "event", "what"], rows: [["1", "scan-finished", "a"]] } as const;
  const view: View = [{ type: "table", columns: above.columns, rows: [["2", "held", "b"]] }];
  const lines = renderView(view, terminal(80), { nowMs, isHeadless: true, above });
  expect(lines).toEqual(["2     held           b"]);
});

test("times are cut last", () => {
  const rows = [[{ atMs: nowMs, exact: true }, "x".repeat(60), "y".repeat(60)]] as const;
  const [line = ""] = renderView([{ type: "table", columns: ["a", "b", "c"], rows }], terminal(60), {
    nowMs,
    isHeadless: true,
  });
  expect(line).toMatch(/^\d\d:\d\d:\d\d {2}x+…x+ {2}y+$/);
});
