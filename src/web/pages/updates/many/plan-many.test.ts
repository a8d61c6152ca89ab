import { expect, test } from "vitest";
import type { Reference } from "../../../../http/api/api-schemas.ts";
import { planMany } from "./plan-many.ts";

function reference(name: string, changes: Partial<Reference> = {}): Reference {
  return {
    id: name,
    source: "infra",
    key: `infra ${name}`,
    kind: "compose",
    file: "compose.yml",
    line: 1,
    name,
    image: `${name}:1`,
    verdict: "update",
    newest: null,
    policy: "^",
    reasons: [],
    warnings: [],
    ...changes,
  };
}

function update(state: NonNullable<Reference["update"]>["state"], question?: string): Partial<Reference> {
  const facts = { to: "web:2", size: "major", strategy: "prompt", state } as const;
  return { update: question === undefined ? facts : { ...facts, question } };
}

const selected = [
  reference("web", update("asked", "q1")),
  reference("api", update("deferred", "q2")),
  reference("db", update("queued")),
  reference("cache", { verdict: "held", reasons: [{ code: "on-hold", text: "held" }] }),
  reference("old", { verdict: "held", reasons: [{ code: "declined", text: "declined" }] }),
  reference("static", { verdict: "skipped" }),
];

test.each([
  ["push", ["infra web", "infra api"]],
  ["hold", ["infra web", "infra api", "infra db", "infra old"]],
  ["unhold", ["infra cache", "infra old"]],
] as const)("%s is done only where it can be", (action, keys) => {
  expect(planMany(action, selected).map(({ key }) => key)).toEqual(keys);
});

test("an answer names the question that was shown", () => {
  expect(planMany("ignore", selected)[0]?.values).toEqual({ reference: "infra web", answer: "ignore", question: "q1" });
  expect(planMany("hold", selected)[0]?.values).toEqual({ reference: "infra web" });
});

test("members of a group are one update", () => {
  const group = { key: "infra group:immich", group: "immich", ...update("asked", "q3") };
  const tasks = planMany("push", [reference("server", group), reference("learning", group)]);
  expect(tasks).toHaveLength(1);
  expect(tasks[0]?.name).toBe("server, learning");
});
