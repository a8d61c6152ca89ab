import { beforeEach, describe, expect, test } from "vitest";
import { controlsOf, textOf } from "../../../test/fixtures/fake-discord-api.ts";
import { type FakeTalos, fakeTalos, nowMs } from "../../../test/fixtures/fake-talos.ts";
import { keptQuestion, serviceUpdate } from "../../../test/fixtures/question-events.ts";
import { createMemoryStore } from "../../store/memory-store.ts";
import type { Store } from "../../store/store.ts";
import type { BoardMessage, QuestionState } from "../board/board.ts";
import { formatCustomId } from "../custom-id.ts";
import { openBoardMemory } from "../notices/board-memory.ts";
import { acknowledgementOf } from "./acknowledgement.ts";
import { answerPromptClick } from "./answer-prompt-click.ts";

const actor = { name: "ada", surface: "discord" } as const;
const signal = new AbortController().signal;
const names = ["web", "db", "cache", "proxy"];
let talos: FakeTalos;
let store: Store;

beforeEach(() => {
  talos = fakeTalos();
  for (const name of names) talos.state.questions.push(keptQuestion(`id-${name}`, serviceUpdate(name, "1.0.1")));
});

/** What the board says of the questions; those that are not named are open. */
async function show(states: Readonly<Record<string, QuestionState>> = {}): Promise<void> {
  store = createMemoryStore();
  const questions = names.map((name) => {
    const { source, target, members } = serviceUpdate(name, "1.0.1");
    return { id: `id-${name}`, source, target, members, state: states[name] ?? { kind: "open" as const } };
  });
  const message: BoardMessage = {
    markMs: nowMs,
    channelId: "1",
    messageId: "2",
    isDue: false,
    changedMs: nowMs,
    content: { type: "prompt", source: "github.com/me/infra", questions },
  };
  const empty = { messages: new Map(), lastMarkMs: 0 };
  await openBoardMemory(store).save(empty, { messages: new Map([[String(nowMs), message]]), lastMarkMs: nowMs }, 0);
}

const press = (name: string, answer: "push" | "defer" | "ignore" = "push") =>
  answerPromptClick(
    { customId: formatCustomId({ kind: "answer", questionId: `id-${name}`, answer }), values: [], actor },
    { talos, store },
    signal,
  );

describe("A click on a button", () => {
  test("answers its question, and says nothing of its own.", async () => {
    await show();
    expect(await press("web", "ignore")).toBeUndefined();
    expect(talos.state.calls).toEqual([expect.stringMatching(/services\/web ignore by ada \(discord\)$/)]);
    expect(talos.log.map(({ event }) => event.kind)).toEqual(["operation"]);
  });

  test("is told privately what became of a question that is over.", async () => {
    await show({ web: { kind: "ignored", by: "bob (terminal)" } });
    talos.state.questions.length = 0;
    const told = await press("web");
    expect(textOf(told ?? { embeds: [] })).toContain("bob \\(terminal\\) chose **Ignore**");
    expect(talos.state.calls).toEqual([]);
  });

  test("is told privately that somebody was quicker, while the board does not know it yet.", async () => {
    const text = "already answered by bob (terminal)";
    talos = { ...talos, delivery: { ...talos.delivery, answer: async () => ({ kind: "no-question", text }) } };
    await show();
    expect(textOf((await press("web")) ?? { embeds: [] })).toBe("already answered by bob \\(terminal\\)");
  });

  test("of a message that nobody knows still answers an open question, and no other.", async () => {
    store = createMemoryStore();
    expect(await press("web")).toBeUndefined();
    expect(textOf((await press("web")) ?? { embeds: [] })).toBe("This question is not open any more.");
  });
});

describe("Several questions", () => {
  const choose = (...chosen: readonly string[]) =>
    answerPromptClick(
      {
        customId: formatCustomId({ kind: "choose-questions", messageId: String(nowMs) }),
        values: chosen.map((name) => `id-${name}`),
        actor,
      },
      { talos, store },
      signal,
    );

  test("are chosen first, and answered in a private message.", async () => {
    await show();
    const offer = await choose("db", "proxy");
    expect(textOf(offer ?? { embeds: [] })).toMatch(/Answer 2 questions[^]*\*\*db\*\*[^]*\*\*proxy\*\*/);
    const [push = ""] = controlsOf(offer ?? { components: [] });
    const told = await answerPromptClick({ customId: push, values: [], actor }, { talos, store }, signal);
    expect(textOf(told ?? { embeds: [] })).toMatch(/You chose push for 2 updates/);
    expect(told?.components).toEqual([]);
    expect(talos.state.calls).toEqual([
      expect.stringMatching(/services\/db push by ada/),
      expect.stringMatching(/services\/proxy push by ada/),
    ]);
  });

  test("of which one is over by then are answered but for that one.", async () => {
    await show();
    const [, defer = ""] = controlsOf((await choose("web", "db")) ?? { components: [] });
    talos.state.questions.splice(0, 1);
    await show({ web: { kind: "closed", text: "it is there already" } });
    const told = textOf(
      (await answerPromptClick({ customId: defer, values: [], actor }, { talos, store }, signal)) ?? { embeds: [] },
    );
    expect(told).toMatch(
      /You chose defer for 1 update\n?[^]*\*\*db\*\*[^]*\*\*web\*\*: Not asked any more: it is there already/,
    );
  });

  test("that are over are not offered.", async () => {
    await show({ web: { kind: "closed", text: "it is there already" } });
    const offer = await choose("web");
    expect(textOf(offer ?? { embeds: [] })).toBe("None of these questions is open any more.");
    expect(offer?.components).toEqual([]);
  });
});

test.each([
  [formatCustomId({ kind: "answer", questionId: "x", answer: "push" }), "update"],
  [formatCustomId({ kind: "choose-questions", messageId: "1" }), "reply"],
  [formatCustomId({ kind: "answer-chosen", messageId: "1-f", answer: "push" }), "replace"],
  [formatCustomId({ kind: "cancel", runId: "1" }), undefined],
  ["anything", undefined],
])("%s is acknowledged by: %s.", (customId, expected) => {
  expect(acknowledgementOf(customId)).toBe(expected);
});
