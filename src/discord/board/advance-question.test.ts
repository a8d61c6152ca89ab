import { expect, test } from "vitest";
import { answered, eventOf, questionEventOf, serviceUpdate } from "../../../test/fixtures/question-events.ts";
import type { TalosEvent } from "../../events/event.ts";
import { advanceQuestion } from "./advance-question.ts";
import type { QuestionState, ShownQuestion } from "./board.ts";

const update = serviceUpdate("web", "1.0.1");
const newer = serviceUpdate("web", "1.0.2");
const other = serviceUpdate("db", "1.0.1");
const question: ShownQuestion = {
  id: "q1",
  source: update.source,
  target: update.target,
  members: [...update.members],
  state: { kind: "open" },
};
const by = "ada (discord)";
const open: QuestionState = { kind: "open" };
const approved: QuestionState = { kind: "approved", by };
const failed: QuestionState = { kind: "failed", by, text: "no" };
const place = { commit: "c".repeat(40), link: "https://git.example/c" };
const to = eventOf("delivered", newer).members ?? [];
const moved = { ...update, members: update.members.map((one) => ({ ...one, to: one.to.replaceAll("1111", "2222") })) };

const cases: readonly (readonly [string, QuestionState, TalosEvent, QuestionState])[] = [
  ["approved", open, answered("q1", update, "push"), approved],
  [
    "approved, while what is newer is queued",
    open,
    questionEventOf("question-answered", "q1", update, { actor: by, facts: { answer: "push", reason: "no" } }),
    failed,
  ],
  ["deferred", open, answered("q1", update, "defer"), { kind: "deferred", by }],
  ["ignored", open, answered("q1", update, "ignore"), { kind: "ignored", by }],
  ["another question about it", open, answered("q2", newer, "push"), open],
  ["asked while it is open", open, questionEventOf("question-opened", "q1", update), open],
  ["asked again", { kind: "deferred", by }, questionEventOf("question-opened", "q1", update), { kind: "again" }],
  [
    "superseded",
    open,
    questionEventOf("question-superseded", "q1", update, { facts: { reason: "replaced by 1.0.2" } }),
    { kind: "closed", text: "replaced by 1.0.2" },
  ],
  [
    "closed, by an event without a reason apart",
    { kind: "deferred", by },
    questionEventOf("question-closed", "q1", update, { text: "web: it is there already" }),
    { kind: "closed", text: "web: it is there already" },
  ],
  ["told better", { kind: "closed", text: "gone" }, answered("q1", update, "push"), approved],
  [
    "closed for good",
    { kind: "ignored", by },
    questionEventOf("question-closed", "q1", update),
    { kind: "ignored", by },
  ],
  ["shown in a later message", { kind: "again" }, answered("q1", update, "push"), { kind: "again" }],
  ["not approved, and delivered", open, eventOf("delivered", update, place), open],
  ["delivered", approved, eventOf("delivered", update, place), { kind: "delivered", by, ...place }],
  ["delivered with a moved digest", approved, eventOf("delivered", moved), { kind: "delivered", by }],
  ["another target's", approved, eventOf("delivered", other, place), approved],
  ["an older version of it that was under way", approved, eventOf("delivered", newer, place), approved],
  ["found to be there", approved, eventOf("verified", update), { kind: "delivered", by }],
  ["decided again", approved, eventOf("superseded", newer), { kind: "approved", by, to }],
  [
    "delivered as what it was decided to be",
    { kind: "approved", by, to },
    eventOf("delivered", newer, place),
    { kind: "delivered", by, to, ...place },
  ],
  [
    "tried again",
    approved,
    eventOf("retrying", update, { facts: { reason: "no network" } }),
    { kind: "approved", by, text: "no network", isFailing: true },
  ],
  [
    "waiting, after it failed",
    { kind: "approved", by, text: "no network", isFailing: true },
    eventOf("waiting", update, { facts: { reason: "too large" } }),
    { kind: "approved", by, text: "too large" },
  ],
  [
    "in a merge request",
    approved,
    eventOf("merge-request-opened", update, { facts: { reason: "!3 is open" }, link: "https://git.example/3" }),
    { kind: "approved", by, text: "!3 is open", link: "https://git.example/3" },
  ],
  ["dead", approved, eventOf("dead-lettered", update, { facts: { reason: "no" } }), failed],
  ["dropped", approved, eventOf("dropped", update, { facts: { reason: "no" } }), failed],
  [
    "approved in a newer version",
    approved,
    answered("q2", newer, "push"),
    { kind: "closed", text: "a newer version was approved" },
  ],
  ["followed by a question that is ignored", approved, answered("q2", newer, "ignore"), approved],
  [
    "replayed",
    failed,
    eventOf("replayed", update, { actor: "bob (terminal)" }),
    { kind: "approved", by, text: "queued again by bob (terminal)" },
  ],
  ["delivered after all", failed, eventOf("delivered", update, place), { kind: "delivered", by, ...place }],
  ["failed, and a later version delivered", failed, eventOf("delivered", newer, place), failed],
];

test.each(cases)("A question that is %s.", (_, state, event, expected) => {
  expect(advanceQuestion({ ...question, state }, event)).toEqual(expected);
});
