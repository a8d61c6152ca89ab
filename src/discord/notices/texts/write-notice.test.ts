import { MessageCreateRequestSchema } from "discord-api-spec/zod";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { textOf } from "../../../../test/fixtures/fake-discord-api.ts";
import { eventKinds } from "../../../events/event.ts";
import { type ListedKind, listedKinds, type NoticeItem } from "../../board/board.ts";
import { writeBoardMessage } from "./write-board-message.ts";

const digest = `sha256:${"0a8020af".repeat(8)}`;

function write(kind: ListedKind, items: readonly NoticeItem[], more = 0) {
  const content = { type: "notice", kind, source: "github.com/me/infra", items: [...items], more } as const;
  return writeBoardMessage({
    markMs: 1,
    channelId: "1",
    isDue: true,
    changedMs: 0,
    content: { ...content, items: [...items] },
  });
}

function item(event: NoticeItem["event"], name: string, changes: Partial<NoticeItem> = {}): NoticeItem {
  const pointer = `/services/${name}`;
  const member = { file: "compose.yml", pointer, name, from: "nginx:1.27.0", to: `nginx:1.27.1@${digest}` };
  return { event, atMs: 1, text: `${name}: it happened`, subject: `compose:${pointer}`, members: [member], ...changes };
}

describe("A notice", () => {
  test("of one update shows it in full, without choices.", () => {
    const message = write("UpdateAvailable", [item("announced", "web", { size: "patch" })]);
    expect(textOf(message)).toBe(
      [
        "**Image update available**",
        "-# me/infra",
        "-# web",
        "-# nginx\\:1.27.1\\@0a8020af \\(patch\\)",
        "Current version",
        "```",
        "docker.io/library/nginx:1.27.0",
        "```",
        "New version",
        "```",
        `docker.io/library/nginx:1.27.1@${digest}`,
        "```",
      ].join("\n"),
    );
    expect(message.components).toEqual([]);
  });

  test("of many is cut, and says how many more there are.", () => {
    const items = Array.from({ length: 50 }, (_, index) => item("announced", `service-${index}-${"x".repeat(40)}`));
    const text = textOf(write("UpdateAvailable", items, 7));
    const shown = text.split("nginx").length - 1;
    expect(text).toContain(`-# and ${57 - shown} more`);
    expect(shown).toBeGreaterThan(20);
  });

  test("of commits has each with its link.", () => {
    const place = (commit: string) => ({ commit: commit.repeat(40), link: `https://git.example/${commit}` });
    const text = textOf(
      write("Pushed", [
        item("delivered", "web", place("a")),
        item("delivered", "db", place("b")),
        item("delivered", "app", { ...place("a"), by: "ada (terminal)" }),
        item("delivered", "cache", { ...place("b"), by: "replay by bob (terminal)" }),
        item("delivered", "merged", { link: "https://git.example/mr/3" }),
        item("merge-request-opened", "four", { text: "four: !4 is open", link: "https://git.example/mr/4" }),
      ]),
    );
    expect(text.match(/^(\[.*|(?:Approved|Replayed).*|  \w+:)/gm)).toEqual([
      "[Commit aaaaaaaa](<https://git.example/a>)",
      "  web:",
      "  app:",
      "Approved by ada \\(terminal\\)",
      "[Commit bbbbbbbb](<https://git.example/b>)",
      "  db:",
      "  cache:",
      "Replayed by bob \\(terminal\\)",
      "[Merged](<https://git.example/mr/3>)",
      "  merged:",
      "[four\\: !4 is open](<https://git.example/mr/4>)",
    ]);
  });

  test("of failures says a shared reason once.", () => {
    const reason = "the server did not answer";
    const items = ["web", "db"].map((name) => item("retrying", name, { reason }));
    expect(textOf(write("Failed", items))).toMatch(/\*\*web\*\*, \*\*db\*\*\n> the server did not answer$/);
  });

  test("of a failed scan has its cause and what to do, and is green when all is well again.", () => {
    const failed = item("scan-failed", "", { text: "github.com did not answer", hint: "Check the token." });
    expect(textOf(write("ScanError", [failed]))).toMatch(
      /^\*\*Scan failed\*\*\n.*\n> github.com.*\nCheck the token\.$/,
    );
    const colours = [[failed], [failed, item("scan-recovered", "")]].map(
      (items) => write("ScanError", items).embeds[0]?.color,
    );
    expect(new Set(colours).size).toBe(2);
  });
});

const text = fc.oneof(
  fc.string({ maxLength: 500 }),
  fc.string({ unit: fc.constantFrom("*", "`", "\n", "é"), maxLength: 900 }),
);
const anyItem: fc.Arbitrary<NoticeItem> = fc.record(
  {
    event: fc.constantFrom(...eventKinds),
    atMs: fc.nat(),
    text,
    subject: text,
    members: fc.array(fc.record({ file: text, pointer: text, name: text, from: text, to: text }), { maxLength: 8 }),
    size: text,
    by: text,
    reason: text,
    hint: text,
    commit: text,
    link: fc.oneof(fc.webUrl({ withQueryParameters: true }), text),
    about: fc.record({
      createdMs: fc.nat(),
      notes: fc.record({ text: fc.constant("Release notes"), url: fc.webUrl() }),
    }),
  },
  { requiredKeys: ["event", "atMs", "text"] },
);

test("Discord takes every notice, and its mark is in it.", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...listedKinds),
      fc.array(anyItem, { minLength: 1, maxLength: 50 }),
      fc.nat(3),
      (kind, items, more) => {
        const message = write(kind, items, more);
        expect(MessageCreateRequestSchema.safeParse(message).error).toBeUndefined();
        expect(Date.parse(message.embeds[0]?.timestamp ?? "")).toBe(1);
        expect(message.files).toBeUndefined();
      },
    ),
    { numRuns: 60 },
  );
});
