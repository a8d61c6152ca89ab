import { expect, test } from "vitest";
import type { PlannedReference } from "../../updates/plan-document.ts";
import type { ScanRecord } from "./scan-record.ts";
import { tellTroubles } from "./tell-troubles.ts";

function record(facts: Partial<ScanRecord> & { readonly unknown?: readonly string[] } = {}): ScanRecord {
  const { unknown = [], ...rest } = facts;
  const references = unknown.map(
    (text, index): PlannedReference => ({
      id: `compose:compose.yml#${index}`,
      kind: "compose",
      source: "home",
      file: "compose.yml",
      pointer: String(index),
      line: 1,
      name: "web",
      image: "web:1",
      policy: null,
      verdict: "unknown",
      newest: null,
      proposals: [],
      reasons: [{ code: text.includes("allows no more") ? "rate-limited" : "unreachable", text }],
    }),
  );
  const counts = {
    references: 3,
    current: 3 - unknown.length,
    update: 0,
    held: 0,
    skipped: 0,
    unknown: unknown.length,
  };
  const summary = { ...counts, requests: { head: 0, get: 0 }, seconds: 0 };
  return { source: "home", startedMs: 1, endedMs: 2, plan: { version: 1, references, summary }, ...rest };
}

const told = (before: ScanRecord | undefined, now: ScanRecord) =>
  tellTroubles(before, now, 3).map(({ kind, text }) => `${kind} ${text}`);

const fine = record();
const failed = record({ error: "Could not read home: no network" });

test.each([
  ["the first scan", undefined, fine, ["scan-finished 3 references: 0 to update, 3 current, 0 held, 0 unknown"]],
  ["nothing new", fine, fine, []],
  ["a failure", fine, failed, ["scan-failed Could not read home: no network"]],
  ["the same failure", failed, failed, []],
  ["the end of it", failed, fine, ["scan-recovered well again after: Could not read home: no network"]],
  [
    "what cannot be looked up",
    fine,
    record({ unknown: ["a is away"] }),
    ["scan-failed 1 could not be decided: a is away"],
  ],
  [
    "the same for another cause besides",
    record({ unknown: ["a is away"] }),
    record({ unknown: ["a is away", "b is away"] }),
    ["scan-failed 2 could not be decided: a is away; b is away"],
  ],
])("A scan tells of %s.", (_, before, now, expected) => {
  expect(told(before, now)).toEqual(expected);
});

test("How many references a cause concerns, and that one of two causes is gone, is no news of a failure.", () => {
  const [one, two] = [record({ unknown: ["a is away"] }), record({ unknown: ["a is away", "a is away"] })];
  expect(told(one, two).filter((text) => text.startsWith("scan-failed"))).toEqual([]);
  expect(
    told(record({ unknown: ["a is away", "b is away"] }), one).filter((text) => text.startsWith("scan-failed")),
  ).toEqual([]);
});

test("That a registry is to be asked a little later than before is no news either.", () => {
  const throttled = (wait: string) =>
    record({ unknown: [`docker.io allows no more requests; it may be asked again in ${wait}`] });
  expect(told(fine, throttled("5 m"))[0]).toBe("scan-failed 1 could not be decided: docker.io allows no more requests");
  expect(told(throttled("5 m"), throttled("2 m"))).toEqual([]);
});
