import { MessageCreateRequestSchema } from "discord-api-spec/zod";
import fc from "fast-check";
import { expect, test } from "vitest";
import { controlsOf, textOf } from "../../../test/fixtures/fake-discord-api.ts";
import type { Prompt, QuestionState, ShownQuestion } from "../board/board.ts";
import { questionsPerMessage } from "../board/plan-questions.ts";
import { writeBoardMessage } from "../notices/texts/write-board-message.ts";
import { describeState } from "./describe-state.ts";
import { listLimits } from "./write-prompt.ts";

const digest = `sha256:${"0a8020af".repeat(8)}`;
const by = "ada (discord)";

function question(name: string, changes: Partial<ShownQuestion> = {}): ShownQuestion {
  const member = {
    file: "compose.yml",
    pointer: `/services/${name}`,
    name,
    from: "nginx:1.27.0",
    to: `nginx:1.27.1@${digest}`,
  };
  return {
    id: `id-${name}`,
    source: "github.com/me/infra",
    target: `compose:compose.yml#/services/${name}`,
    members: [member],
    size: "patch",
    state: { kind: "open" },
    ...changes,
  };
}

function write(...questions: readonly ShownQuestion[]) {
  const content: Prompt = { type: "prompt", source: "github.com/me/infra", questions: [...questions] };
  return writeBoardMessage({ markMs: 1_700_000_000_123, channelId: "1", isDue: true, changedMs: 0, content });
}

test("A question stands in full, with its three buttons.", () => {
  const about = {
    createdMs: 1_700_000_000_000,
    notes: { text: "Release notes", url: "https://github.com/nginx/nginx/releases" },
  };
  const message = write(question("web", { about }));
  expect(textOf(message)).toBe(
    [
      "**Image update available**",
      "-# me/infra » web",
      "-# nginx\\:1.27.1\\@0a8020af \\(patch\\)",
      "Current version",
      "```",
      "docker.io/library/nginx:1.27.0",
      "```",
      "New version",
      "-# *Created <t:1700000000:f>*",
      "```",
      `docker.io/library/nginx:1.27.1@${digest}`,
      "```",
      "[Release notes](<https://github.com/nginx/nginx/releases>)",
      "Would you like to",
      "- *push* this update through",
      "- *defer* the reminder to the next scan",
      "- *ignore* this version",
    ].join("\n"),
  );
  expect(message.embeds[0]?.timestamp).toBe("2023-11-14T22:13:20.123Z");
  expect(message.components).toMatchObject([
    {
      components: [
        { label: "Push", style: 3 },
        { label: "Defer", style: 1 },
        { label: "Ignore", style: 4 },
      ],
    },
  ]);
});

test("A group lists its members.", () => {
  const [member] = question("web").members;
  if (member === undefined) throw new Error("no member");
  const members = ["server", "learning"].map((name) => ({ ...member, name, pointer: `/services/${name}` }));
  const text = textOf(write(question("web", { target: "group:immich", members })));
  expect(text).toContain("-# me/infra » immich\n");
  expect(text).toContain("```\nserver: nginx:1.27.1@0a8020af\nlearning: nginx:1.27.1@0a8020af\n```");
});

test("Up to three questions have buttons with their names; more have a select.", () => {
  const names = ["a", "b", "c", "d"];
  const labels = write(question("a"), question("b")).components.flatMap((row) =>
    row.components.flatMap((button) => ("label" in button ? button.label : [])),
  );
  expect(labels).toEqual(["Push a", "Defer a", "Ignore a", "Push b", "Defer b", "Ignore b"]);
  expect(controlsOf(write(...names.map((name) => question(name))))).toEqual(names.map((name) => `id-${name}`));
});

test("Services of one name in two files are told apart.", () => {
  const [other] = question("web").members;
  if (other === undefined) throw new Error("no member");
  const there = question("web", { id: "id2", target: "x", members: [{ ...other, file: "other.yml" }] });
  expect(textOf(write(question("web"), there))).toMatch(/» web \\\(compose.yml\\\)\n[^]*» web \\\(other.yml\\\)\n/);
});

test("Only what is open can be pressed.", () => {
  const ignored = { state: { kind: "ignored", by } } as const;
  const names = ["a", "b", "c", "d", "e"];
  const message = write(...names.map((name) => question(name, "ab".includes(name) ? ignored : {})));
  expect(controlsOf(message)).toEqual(
    ["c", "d", "e"].flatMap((name) =>
      ["push", "defer", "ignore"].map((answer) => `talos1:answer:id-${name}:${answer}`),
    ),
  );
  expect(write(question("a", ignored)).components).toEqual([]);
  expect(textOf(write(question("a", ignored)))).not.toContain("Would you like to");
});

const text = fc.oneof(
  fc.string({ maxLength: 300 }),
  fc.string({ unit: fc.constantFrom("*", "`", "[", "\n", "é", "@everyone "), maxLength: 200 }),
);
const members = fc.array(fc.record({ file: text, pointer: text, name: text, from: text, to: text }), { maxLength: 12 });
const url = fc.webUrl({ withQueryParameters: true, withFragments: true });
const state: fc.Arbitrary<QuestionState> = fc.oneof(
  fc.constant({ kind: "open" as const }),
  fc.constant({ kind: "again" as const }),
  fc.record({ kind: fc.constantFrom("deferred" as const, "ignored" as const), by: text }),
  fc.record({ kind: fc.constant("closed" as const), text }),
  fc.record({ kind: fc.constant("failed" as const), by: text, text }),
  fc.record(
    { kind: fc.constant("approved" as const), by: text, text, link: url, isFailing: fc.boolean(), to: members },
    { requiredKeys: ["kind", "by"] },
  ),
  fc.record(
    { kind: fc.constant("delivered" as const), by: text, commit: text, link: url, to: members },
    { requiredKeys: ["kind", "by"] },
  ),
);
const anyQuestion: fc.Arbitrary<ShownQuestion> = fc
  .record({
    id: fc.uuid(),
    source: text,
    target: text,
    members,
    about: fc.record({ createdMs: fc.nat(), notes: fc.record({ text: fc.constant("Release notes"), url }) }),
    state,
  })
  .map((one) => one);

test.each([1, 3, questionsPerMessage])("The longest names and reasons leave room for %i questions.", (count) => {
  const long = "*".repeat(400);
  const image = `${"a".repeat(200)}/b:${"1".repeat(120)}`;
  const longest = Array.from({ length: 12 }, () => ({ file: long, pointer: long, name: long, from: image, to: image }));
  const link = `https://example.org/${"a".repeat(count > 3 ? 50 : 170)}`;
  const notes = { text: "Release notes", url: link };
  const failing: QuestionState = { kind: "approved", by: long, text: long, link, isFailing: true, to: longest };
  const all = Array.from({ length: count }, (_, index) =>
    question("x", { id: `${index}`, members: longest, about: { createdMs: 1, notes }, state: failing }),
  );
  const said = textOf(write(...all));
  const expected = describeState(failing, count > 3 ? listLimits : undefined).markdown;
  expect(said.split(expected)).toHaveLength(count + 1);
});

test("Discord takes every prompt, and what is said of the questions is never cut.", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(anyQuestion, { maxLength: questionsPerMessage, minLength: 1, selector: ({ id }) => id }),
      (all) => {
        const message = write(...all);
        expect(MessageCreateRequestSchema.safeParse(message).error).toBeUndefined();
        const said = textOf(message);
        for (const { state: present } of all)
          if (present.kind !== "open") {
            const limit = all.length > 3 ? listLimits : undefined;
            expect(said).toContain(describeState(present, limit).markdown);
          }
        const open = all.filter(({ state: present }) => present.kind === "open").length;
        expect(controlsOf(message)).toHaveLength(open > 3 ? open : open * 3);
        expect(message.files).toBeUndefined();
      },
    ),
    { numRuns: 200 },
  );
});

test("In a list digests are told only where nothing else differs.", () => {
  const of = (name: string, from: string, to: string) =>
    question(name, { members: [{ file: "compose.yml", pointer: "/x", name, from, to }] });
  const text = textOf(
    write(
      of("tag", `nginx:1.27.0@${digest}`, `nginx:1.27.1@${digest}`),
      of("digest", "nginx:1.27", `nginx:1.27@${digest}`),
      question("c"),
      question("d"),
    ),
  ).replaceAll("\\", "");
  expect(text).toContain("**tag** nginx:1.27.0 -> 1.27.1 (patch)");
  expect(text).toContain("**digest** nginx:1.27 -> 1.27@0a8020af (patch)");
});
