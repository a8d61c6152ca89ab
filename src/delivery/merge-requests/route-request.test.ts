import { expect, test } from "vitest";
import { foundReference } from "../../../test/fixtures/found-reference.ts";
import { makeUpdate } from "../../../test/fixtures/make-update.ts";
import { createMemoryStore } from "../../store/memory-store.ts";
import type { Verdict } from "../../updates/verdict.ts";
import { verdictWithout } from "../../updates/verdict.ts";
import { openDeliveryMemory } from "../delivery-memory.ts";
import { routeAbsence, routeOutcome } from "../scan/route-outcome.ts";
import type { RouteContext, TargetMemory } from "../scan/routed.ts";
import type { TargetOutcome } from "../scan/target-outcome.ts";
import { targetKey, type Update } from "../update.ts";
import type { KeptRequest } from "./merge-request.ts";

const memory = openDeliveryMemory(createMemoryStore());
const older = makeUpdate(["docker.io/library/web:1"]);
const newer = makeUpdate(["docker.io/library/web:2"]);
const key = targetKey(newer);
const cause = { kind: "person", actor: "ada (terminal)", atMs: 1 } as const;
const unknown: TargetMemory = {
  entry: undefined,
  question: undefined,
  deadLetter: undefined,
  announced: undefined,
  delivered: undefined,
  request: undefined,
};

function context(isBasis = true): RouteContext {
  return { source: "home", memory, readMs: 100, nowMs: 200, newId: () => "id", isBasis: () => isBasis };
}

function openWith(update: Update, changes: Partial<KeptRequest> = {}): TargetMemory {
  const entry = { update, cause, queuedMs: 1, attempts: 0 };
  const shown = { commit: "c1", entry, basis: { files: ["compose.yml"], digest: "d" } };
  const value = { branch: "talos/web", base: "main", made: ["c1"], latest: shown, number: 1, shown, atMs: 50 };
  return { ...unknown, request: { key, value: { ...value, ...changes }, version: 3 } };
}

function outcome(
  updates: TargetOutcome["updates"],
  verdict: Verdict = verdictWithout("current", "no-newer-tag", "nothing newer is there"),
  image = "library/web:0",
): TargetOutcome {
  const found = foundReference("service0", { image, pointer: "/services/service0" });
  const references = [{ found, policy: undefined, warnings: [], verdict, proposed: [] }];
  return { target: newer.target, references, updates };
}

/** `put queue`, `delete question` and kinds of events. */
function route(what: TargetOutcome, known: TargetMemory, isBasis = true): readonly string[] {
  const { changes, events } = routeOutcome(what, known, context(isBasis));
  return [
    ...changes.map((change) => ("collection" in change ? `${change.kind} ${change.collection}` : change.kind)),
    ...events.map(({ kind }) => kind),
  ];
}

const cases: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ["a version that is shown is not queued again", route(outcome({ push: newer }), openWith(newer)), []],
  ["nor asked about", route(outcome({ prompt: newer }), openWith(newer)), []],
  ["a newer one is queued", route(outcome({ push: newer }), openWith(older)), ["put queue", "queued"]],
  ["or asked about", route(outcome({ prompt: newer }), openWith(older)), ["put question", "question-opened"]],
  [
    "what is not shown yet is queued",
    route(outcome({ push: newer }), openWith(newer, { shown: undefined })),
    ["put queue", "queued"],
  ],
  [
    "what is about to end is queued",
    route(outcome({ push: newer }), openWith(newer, { ending: {} })),
    ["put queue", "queued"],
  ],
  [
    "a branch that somebody else works on is left alone",
    route(outcome({ push: newer }), openWith(older, { isForeign: true })),
    [],
  ],
  [
    "moved files queue it again, without a word",
    route(outcome({ push: newer }), openWith(newer), false),
    ["put queue"],
  ],
  [
    "what was read before it was opened says nothing",
    route(outcome({ push: newer }), openWith(newer, { atMs: 150 }), false),
    [],
  ],
  ["what is not proposed any more ends", route(outcome({}), openWith(newer)), ["put merge-request"]],
  ["once", route(outcome({}), openWith(newer, { ending: { comment: "so" } })), []],
  [
    "a failed look-up ends nothing",
    route(outcome({}, verdictWithout("unknown", "unreachable", "unreachable")), openWith(newer)),
    [],
  ],
];
test.each(cases)("%s", (_, routed, expected) => expect(routed).toEqual(expected));

const comment = (changes: ReturnType<typeof routeOutcome>["changes"]) =>
  changes.flatMap((change) => (change.kind === "put" ? [change.value] : []));

test("it is closed with the reason", () => {
  const say = (text: string) => [expect.objectContaining({ ending: { comment: `Closed by Talos: ${text}.` } })];
  const settle = (what: TargetOutcome) => comment(routeOutcome(what, openWith(newer), context()).changes);
  expect(settle(outcome({}))).toEqual(say("nothing newer is there"));
  expect(settle(outcome({}, undefined, "library/web:2"))).toEqual(say("it is there already"));
  expect(comment(routeAbsence(openWith(newer), "it is not in the repository any more", context()).changes)).toEqual(
    say("it is not in the repository any more"),
  );
});

test("what a person has approved stays approved when it is made anew", () => {
  const { changes } = routeOutcome(outcome({ prompt: newer }), openWith(newer), context(false));
  expect(changes).toEqual([
    expect.objectContaining({
      collection: "queue",
      value: { update: newer, cause, queuedMs: 200, attempts: 0, isRebuild: true },
    }),
  ]);
});
