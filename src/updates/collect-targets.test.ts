import { expect, test } from "vitest";
import { foundReference, writtenPolicy } from "../../test/fixtures/found-reference.ts";
import { defaultPolicy } from "../policy/policy.ts";
import { assessReference } from "./assess-reference.ts";
import { collectTargets } from "./collect-targets.ts";

type Sync = Readonly<Record<string, unknown>>;
const parent = { role: "parent", group: "g", id: "server" };
const child = { role: "child", group: "g", id: "worker" };

const cases: readonly (readonly [
  title: string,
  members: Readonly<Record<string, Sync | string>>,
  expected: readonly string[],
])[] = [
  ["a parent and its child are one target, the parent first", { b: child, a: parent }, ["target a,b"]],
  [
    "listed children that are there are a whole group",
    { a: { ...parent, children: ["worker"] }, b: child },
    ["target a,b"],
  ],
  ["references without a group are targets by themselves", { a: "^!", b: "+!" }, ["target a", "target b"]],
  [
    "two groups do not mix",
    { a: parent, b: child, c: { ...parent, group: "h" }, d: { ...child, group: "h" } },
    ["target a,b", "target c,d"],
  ],
  ["no parent", { b: child }, ["b: sync group g has no parent; give one member `role: parent`"]],
  [
    "two parents",
    { a: parent, b: { ...parent, id: "other" } },
    [
      "a: sync group g has 2 parents: compose.yml#services.a.image, compose.yml#services.b.image; keep one and make the others children",
      "b: sync group g has 2 parents: compose.yml#services.a.image, compose.yml#services.b.image; keep one and make the others children",
    ],
  ],
  [
    "a listed child that is missing",
    { a: { ...parent, children: ["worker", "ml"] }, b: child },
    Array.from(
      "ab",
      (name) => `${name}: sync group g lacks ml, which its parent lists; add it, or take it off \`children\``,
    ),
  ],
  [
    "a child that is not listed",
    { a: { ...parent, children: ["ml"] }, b: child, c: { ...child, id: "ml" } },
    Array.from(
      "abc",
      (name) => `${name}: sync group g has worker, which its parent does not list; add it to \`children\``,
    ),
  ],
  [
    "an id that is there twice",
    { a: parent, b: child, c: child },
    [
      "a: sync group g has the id worker more than once; give each member its own",
      "b: sync group g has the id worker more than once; give each member its own",
      "c: sync group g has the id worker more than once; give each member its own",
    ],
  ],
];

test.each(cases)("%s", (_title, members, expected) => {
  expect(collect(members)).toEqual(expected);
});

test("a member that cannot be decided holds the others and keeps its own verdict", () => {
  const assessments = [
    assess("a", parent),
    assessReference(
      foundReference("b", {
        policy: writtenPolicy({ sync: child }),
        obstacle: { code: "unresolved-variable", text: "TAG has no value" },
      }),
      { defaults: defaultPolicy, unannotated: undefined, bump: undefined, isWrittenInFull: false },
    ),
  ];
  const { targets, settled } = collectTargets(assessments);
  expect(targets).toEqual([]);
  expect(settled.map(({ verdict }) => [verdict.kind, ...verdict.reasons.map(({ code }) => code)])).toEqual([
    ["held", "group-incomplete"],
    ["unknown", "unresolved-variable", "group-incomplete"],
  ]);
});

function assess(name: string, written: Sync | string) {
  const policy = writtenPolicy(typeof written === "string" ? written : { sync: written });
  return assessReference(foundReference(name, { policy }), {
    defaults: defaultPolicy,
    unannotated: undefined,
    bump: undefined,
    isWrittenInFull: false,
  });
}

function collect(members: Readonly<Record<string, Sync | string>>): readonly string[] {
  const { targets, settled } = collectTargets(Object.entries(members).map(([name, written]) => assess(name, written)));
  return [
    ...targets.map(({ references }) => `target ${references.map(({ found }) => found.name).join(",")}`),
    ...settled.map(({ found, verdict }) => `${found.name}: ${verdict.reasons[0]?.text}`),
  ];
}
