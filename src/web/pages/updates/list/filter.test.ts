import { expect, test } from "vitest";
import type { Reference } from "../../../../http/api/api-schemas.ts";
import { countBy, filterReferences, readFilter, sizeOf } from "./filter.ts";

function reference(name: string, changes: Partial<Reference> = {}): Reference {
  return {
    id: `compose:compose.yml#${name}`,
    source: "infra",
    key: `infra ${name}`,
    kind: "compose",
    file: "compose.yml",
    line: 1,
    name,
    image: `${name}:1`,
    verdict: "current",
    newest: null,
    reasons: [],
    warnings: [],
    ...changes,
  };
}

const web = reference("web", {
  verdict: "update",
  newest: { tag: "2", size: "major" },
  update: { to: "web:2", size: "major", strategy: "prompt", state: "asked", question: "q1" },
});
const database = reference("Database", {
  source: "shop",
  reasons: [{ code: "no-newer-tag", text: "1 is the newest" }],
});
const cache = reference("cache", { verdict: "held", newest: { tag: "1.1", size: "minor" } });
const all = [web, database, cache];

test.each([
  ["", ["web", "Database", "cache"]],
  ["verdict=update", ["web"]],
  ["source=shop", ["Database"]],
  ["size=minor", ["cache"]],
  ["state=asked", ["web"]],
  ["q=data+NEWEST", ["Database"]],
  ["q=web+newest", []],
  ["q=asked", ["web"]],
  ["verdict=held&q=ca", ["cache"]],
  ["verdict=nonsense", []],
])("%s shows what it says", (query, names) => {
  const shown = filterReferences(all, readFilter(new URLSearchParams(query)));
  expect(shown.map(({ name }) => name)).toEqual(names);
});

test("what a part of the filter could be set to is counted without that part", () => {
  const filter = readFilter(new URLSearchParams("verdict=update&size=minor"));
  expect(countBy(filterReferences(all, filter, "size"), sizeOf)).toEqual(new Map([["major", 1]]));
  expect(filterReferences(all, filter)).toEqual([]);
});
