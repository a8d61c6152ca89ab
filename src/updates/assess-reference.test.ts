import { expect, test } from "vitest";
import { foundReference, writtenPolicy } from "../../test/fixtures/found-reference.ts";
import type { FoundReference } from "../files/found-reference.ts";
import { defaultPolicy } from "../policy/policy.ts";
import { type AssessmentSettings, assessReference } from "./assess-reference.ts";

const annotatedOnly: AssessmentSettings = {
  defaults: defaultPolicy,
  unannotated: undefined,
  bump: undefined,
  isWrittenInFull: false,
};
const all: AssessmentSettings = {
  defaults: defaultPolicy,
  unannotated: { ...defaultPolicy, bump: "major" },
  bump: undefined,
  isWrittenInFull: false,
};
const optedIn = { policy: writtenPolicy("^!") };

const cases: readonly (readonly [
  title: string,
  changes: Partial<FoundReference>,
  settings: AssessmentSettings,
  expected: string,
])[] = [
  ["opted in is open", optedIn, annotatedOnly, "open minor"],
  ["not opted in is skipped", {}, annotatedOnly, "skipped not-opted-in"],
  ["not opted in is open when all are decided", {}, all, "open major"],
  ["built here is skipped", { isBuiltHere: true }, annotatedOnly, "skipped built-here"],
  ["built here is skipped also when all are decided", { isBuiltHere: true }, all, "skipped built-here"],
  ["built here and opted in is open", { ...optedIn, isBuiltHere: true }, annotatedOnly, "open minor"],
  ["a skip is skipped", { policy: writtenPolicy("x") }, all, "skipped policy"],
  ["an empty short form has not opted in", { policy: writtenPolicy("") }, annotatedOnly, "skipped not-opted-in"],
  ["a policy with a mistake is skipped", { policy: writtenPolicy("^:z") }, all, "skipped policy-invalid"],
  [
    "a skip counts before an image nobody can read",
    { policy: writtenPolicy("x"), image: "No Image" },
    all,
    "skipped policy",
  ],
  ["no image reference is unknown", { ...optedIn, image: "Not An Image" }, annotatedOnly, "unknown not-a-reference"],
  ["no image reference and not opted in is skipped", { image: "Not An Image" }, annotatedOnly, "skipped not-opted-in"],
  ["a digest alone is skipped", { ...optedIn, image: `web@sha256:${"a".repeat(64)}` }, annotatedOnly, "skipped no-tag"],
  [
    "a variable without a value is unknown",
    { ...optedIn, obstacle: { code: "unresolved-variable", text: "TAG has no value" } },
    annotatedOnly,
    "unknown unresolved-variable",
  ],
  [
    "a text with two owners is held",
    { ...optedIn, obstacle: { code: "ambiguous-owner", text: "two anchors" } },
    annotatedOnly,
    "held ambiguous-owner",
  ],
  ["a bump for this run replaces the policy's own", optedIn, { ...annotatedOnly, bump: "patch" }, "open patch"],
  ["a bump for this run holds for all", {}, { ...all, bump: "patch" }, "open patch"],
];

test.each(cases)("%s", (_title, changes, settings, expected) => {
  const assessment = assessReference(foundReference("web", changes), settings);
  const outcome =
    assessment.kind === "open"
      ? `open ${assessment.policy.bump}`
      : `${assessment.verdict.kind} ${assessment.verdict.reasons[0]?.code}`;
  expect(outcome).toBe(expected);
});

test("the text of a mistake names its line and column", () => {
  const assessment = assessReference(foundReference("web", { policy: writtenPolicy("^:z") }), annotatedOnly);
  expect(assessment.kind === "settled" && assessment.verdict.reasons[0]?.text).toMatch(/^4:7: .*`z`/);
});

test("both forms are a warning", () => {
  const policy = { long: writtenPolicy({ bump: "major" }).long, short: writtenPolicy("^!").short };
  const assessment = assessReference(foundReference("web", { policy }), annotatedOnly);
  expect(assessment.policy?.bump).toBe("major");
  expect(assessment.warnings.map(({ code }) => code)).toEqual(["policy-note"]);
});
