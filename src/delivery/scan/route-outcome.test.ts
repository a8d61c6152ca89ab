import { expect, test } from "vitest";
import { foundReference } from "../../../test/fixtures/found-reference.ts";
import { makeUpdate } from "../../../test/fixtures/make-update.ts";
import { defaultPolicy } from "../../policy/policy.ts";
import { createMemoryStore } from "../../store/memory-store.ts";
import type { Verdict } from "../../updates/verdict.ts";
import { openDeliveryMemory } from "../delivery-memory.ts";
import type { QueueEntry } from "../queue/queue-entry.ts";
import type { Update } from "../update.ts";
import { routeOutcome } from "./route-outcome.ts";
import type { RouteContext, TargetMemory } from "./routed.ts";
import type { TargetOutcome } from "./target-outcome.ts";

const target = "compose:compose.yml#/services/service0";
const key = `home ${target}`;
const v1 = makeUpdate(["docker.io/library/web:1.0.1"]);
const v2 = makeUpdate(["docker.io/library/web:1.0.2"]);
const other: Update = { ...v1, members: v1.members.map((member) => ({ ...member, path: "library/other" })) };

const context: RouteContext = {
  source: "home",
  memory: openDeliveryMemory(createMemoryStore()),
  readMs: 10,
  isBasis: () => true,
  nowMs: 20,
  newId: () => "new",
};

const kept = <T>(value: T) => ({ key, value, version: 3 });
const byPolicy = { kind: "policy", atMs: 1 } as const;
const byAda = { kind: "person", actor: "ada (terminal)", atMs: 1 } as const;
const entry = (update: Update, cause: QueueEntry["cause"] = byPolicy) =>
  kept({ update, cause, queuedMs: 1, attempts: 0 });
const question = (update: Update, state: "open" | "deferred" = "open") =>
  kept({ update, id: "old", askedMs: 1, state } as const);
const letter = (update: Update) => kept({ update, cause: byPolicy, reason: "no", attempts: 1, atMs: 1 });
const announced = (update: Update) => kept({ update, atMs: 1 });

const nothingKnown: TargetMemory = {
  entry: undefined,
  question: undefined,
  deadLetter: undefined,
  announced: undefined,
  delivered: undefined,
  request: undefined,
};

function outcome(
  kind: Verdict["kind"],
  updates: TargetOutcome["updates"],
  code: Verdict["reasons"][number]["code"] = "no-newer-tag",
  image = "library/web:0",
): TargetOutcome {
  const verdict: Verdict = {
    kind,
    proposals: [],
    reasons: kind === "update" ? [] : [{ code, text: `because ${code}` }],
    newest: undefined,
    ledger: [],
  };
  const found = foundReference("service0", { pointer: "/services/service0", image });
  return { target, references: [{ found, policy: defaultPolicy, warnings: [], verdict, proposed: [] }], updates };
}

const push = (update: Update) => outcome("update", { push: update });
const prompt = (update: Update) => outcome("update", { prompt: update });
const notify = (update: Update) => outcome("update", { notify: update });
const current = outcome("current", {});
const held = outcome("held", {}, "reverted");
const unknown = outcome("unknown", {}, "unreachable");
const outside = outcome("held", {}, "outside-window");
const waiting = outcome("held", {}, "group-waiting");
const done = outcome("current", {}, "no-newer-tag", v1.members[0]?.to);

/** The collections that change, with what is deleted marked, and the events. */
function route(one: TargetOutcome, known: Partial<TargetMemory>): string {
  const { changes, events } = routeOutcome(one, { ...nothingKnown, ...known }, context);
  const changed = changes.map((change) =>
    "collection" in change ? `${change.kind === "delete" ? "-" : "+"}${change.collection}` : change.kind,
  );
  return [...changed, ...events.map(({ kind }) => kind)].join(" ");
}

test.each<[string, TargetOutcome, Partial<TargetMemory>, string]>([
  ["a new push", push(v1), {}, "+queue queued"],
  ["the same push again", push(v1), { entry: entry(v1) }, ""],
  ["a newer push", push(v2), { entry: entry(v1) }, "+queue superseded"],
  ["an older push", push(v1), { entry: entry(v2) }, ""],
  ["another image at the same place", push(other), { entry: entry(v1) }, "+queue superseded"],
  ["the same push from another text", push({ ...v1, size: "patch" }), { entry: entry(v1) }, "+queue"],
  ["a push that failed before", push(v1), { deadLetter: letter(v1) }, "+queue"],
  ["a newer push than the one that failed", push(v2), { deadLetter: letter(v1) }, "+queue queued"],
  ["a push of what a person approved", push(v1), { entry: entry(v1, byAda) }, ""],
  ["a push of an older version than a person approved", push(v1), { entry: entry(v2, byAda) }, ""],
  [
    "a push beside an open question about it",
    push(v1),
    { question: question(v1) },
    "+queue -question queued question-closed",
  ],
  ["nothing newer, with an entry", current, { entry: entry(v1) }, "-queue dropped"],
  ["a hold, with an entry", held, { entry: entry(v1) }, "-queue dropped"],
  ["a hold, with what a person approved", held, { entry: entry(v1, byAda) }, ""],
  ["a failed look-up, with an entry", unknown, { entry: entry(v1) }, ""],
  ["a closed window, with an entry", outside, { entry: entry(v1) }, ""],
  ["a member that lags, with an entry", waiting, { entry: entry(v1) }, ""],
  ["only news, with an entry", notify(v1), { entry: entry(v1) }, "-queue +announced dropped announced"],

  ["a new question", prompt(v1), {}, "+question question-opened"],
  ["the same question again", prompt(v1), { question: question(v1) }, ""],
  ["the same question with another text", prompt({ ...v1, size: "patch" }), { question: question(v1) }, "+question"],
  ["a question that was put off", prompt(v1), { question: question(v1, "deferred") }, "+question question-opened"],
  [
    "a newer version than asked about",
    prompt(v2),
    { question: question(v1) },
    "+question question-superseded question-opened",
  ],
  ["a question that was approved", prompt(v1), { entry: entry(v1, byAda) }, ""],
  ["a newer version than approved", prompt(v2), { entry: entry(v1, byAda) }, "+question question-opened"],
  [
    "a question about what policy had queued",
    prompt(v1),
    { entry: entry(v1) },
    "-queue +question dropped question-opened",
  ],
  ["nothing newer, with a question", current, { question: question(v1) }, "-question question-closed"],
  ["done by hand, with a question", done, { question: question(v1) }, "-question question-closed"],
  ["a failed look-up, with a question", unknown, { question: question(v1) }, ""],
  ["a hold, with a question", held, { question: question(v1) }, "-question question-closed"],
  [
    "a question beside a push",
    outcome("update", { push: v1, prompt: v2 }),
    {},
    "+queue +question queued question-opened",
  ],

  ["news", notify(v1), {}, "+announced announced"],
  ["the same news again", notify(v1), { announced: announced(v1) }, ""],
  ["newer news", notify(v2), { announced: announced(v1) }, "+announced announced"],
  ["older news", notify(v1), { announced: announced(v2) }, ""],
  ["nothing newer, after news", current, { announced: announced(v1) }, ""],

  ["done by hand, with a dead letter", done, { deadLetter: letter(v1) }, "-dead-letter cleared"],
  ["done by hand, with a dead letter of a newer version", done, { deadLetter: letter(v2) }, ""],
  ["nothing newer, with a dead letter", current, { deadLetter: letter(v1) }, ""],
  ["nothing at all", current, {}, ""],
  ["a failed look-up of nothing", unknown, {}, ""],
])("%s", (_, one, known, expected) => {
  expect(route(one, known)).toBe(expected);
});

test("Whatever came of it, the same outcome again changes nothing.", () => {
  for (const one of [push(v1), prompt(v1), notify(v1)]) {
    const { changes } = routeOutcome(one, nothingKnown, context);
    const value = changes.map((change) => ("value" in change ? change.value : undefined))[0];
    const known: Partial<TargetMemory> =
      one.updates.push !== undefined
        ? { entry: entry(v1) }
        : one.updates.prompt !== undefined
          ? { question: question(v1) }
          : { announced: announced(v1) };
    expect(value).toMatchObject({ update: v1 });
    expect(route(one, known)).toBe("");
  }
});
