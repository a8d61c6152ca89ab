import { describe, expect, test } from "vitest";
import { sourceOf } from "../../../test/files/compose-source.ts";
import type { FileText } from "../source-text.ts";
import { findInCompose } from "./find-in-compose.ts";

type Texts = Readonly<Record<string, string | FileText>>;

function find(texts: Texts) {
  return findInCompose("compose.yml", sourceOf(texts));
}

const fine = "  fine:\n    image: fine:1\n";

/** `place` is line:column of the problem, in compose.yml; `said` must stand in it; `found` are the images still found. */
const problems: readonly [
  title: string,
  texts: Texts | string,
  place: string,
  said: string,
  found: readonly string[],
][] = [
  ["bad indentation", "services:\n  web:\n    image: a\n   x: b\n", "4:1", "not valid YAML", []],
  ["a tab as indentation", "services:\n\tweb:\n", "2:1", "tab", []],
  ["an unclosed quote", 'services:\n  web:\n    image: "a:1\n', "4:1", "not valid YAML", []],
  ["an unclosed bracket", "services: {web: {image: a:1}\n", "2:1", "not valid YAML", []],
  ["two colons in a line", "services:\n  web: image: a:1\n", "2:8", "not valid YAML", []],
  ["a list at the top", "- services\n", "1:1", "map", []],
  ["a text at the top", "services\n", "1:1", "map", []],
  ["services as a list", "services:\n  - web\n", "1:1", "`services` must be a map", []],
  ["services as a text", "services: web\n", "1:1", "`services` must be a map", []],
  ["services twice", "services: {a: {image: a:1}}\nservices: {b: {image: b:1}}\n", "2:1", "twice", []],
  ["a service without a body", `services:\n  web:\n${fine}`, "2:3", "no body", ["fine:1"]],
  ["a service that is a text", `services:\n  web: nginx\n${fine}`, "2:3", "must be a map", ["fine:1"]],
  ["a service that is a list", `services:\n  web: [image]\n${fine}`, "2:3", "must be a map", ["fine:1"]],
  ["a service twice", `services:\n  web: {image: a:1}\n  web: {image: b:1}\n${fine}`, "3:3", "twice", ["fine:1"]],
  [
    "an image twice",
    `services:\n  web:\n    image: a:1\n    image: b:1\n${fine}`,
    "2:3",
    "`image` is written twice",
    ["fine:1"],
  ],
  ["an image that is a map", `services:\n  web:\n    image: {name: a}\n${fine}`, "3:5", "must be a text", ["fine:1"]],
  ["an image that is a list", `services:\n  web:\n    image: [a]\n${fine}`, "3:5", "must be a text", ["fine:1"]],
  ["a policy without an image", `services:\n  web:\n    x-tl: ^\n${fine}`, "2:3", "no image", ["fine:1"]],
  ["a policy and an empty image", `services:\n  web: {image: , x-tl: ^}\n${fine}`, "2:3", "no image", ["fine:1"]],
  ["an unknown alias", "services:\n  web: {image: *nope}\n", "2:16", "*nope", []],
  ["an alias inside its anchor", "services: &s\n  web: *s\n", "2:8", "its own anchor", []],
  ["an alias bomb", bomb("services:\n  web: {image: a:1}\n"), "1:1", "multiply", []],
  ["a bomb in a policy", bomb("services:\n  web: {image: a:1, x-talos: *z}\n"), "1:1", "multiply", []],
  ["deep brackets", `services: ${"[".repeat(100_000)}\n`, "1:411", "open at once", []],
  ["deep lists", `services: {web: {image: a:1}}\nx-a:\n  ${"- ".repeat(300)}x\n`, "3:403", "200 levels", []],
  [
    "deep maps",
    `services:\n${Array.from({ length: 900 }, (_, index) => `${" ".repeat(index + 1)}a:`).join("\n")}\n`,
    "201:201",
    "200 levels",
    [],
  ],
  ["lists deeper than the parser goes", `x-a:\n  ${"- ".repeat(40_000)}x\n`, "*", "nested too deeply", []],
  ["extends nothing", `services:\n  web: {extends: {file: a.yml}}\n${fine}`, "2:9", "must name a service", ["fine:1"]],
  ["extends an unknown service", `services:\n  web: {extends: base}\n${fine}`, "2:9", "does not have", ["fine:1"]],
  [
    "extends a missing file",
    `services:\n  web: {extends: {file: a.yml, service: b}}\n${fine}`,
    "2:9",
    "not there",
    ["fine:1"],
  ],
  [
    "extends out of the source",
    `services:\n  web: {extends: {file: ../a.yml, service: b}}\n${fine}`,
    "2:9",
    "out of the source",
    ["fine:1"],
  ],
  [
    "extends an absolute path",
    `services:\n  web: {extends: {file: /a.yml, service: b}}\n${fine}`,
    "2:9",
    "out of the source",
    ["fine:1"],
  ],
  ["extends itself", `services:\n  web: {extends: web}\n${fine}`, "2:9", "itself", ["fine:1"]],
  [
    "extends by an unset variable",
    `services:\n  web: {extends: {file: $X, service: b}}\n${fine}`,
    "2:9",
    "X is not set",
    ["fine:1"],
  ],
  [
    "extends a broken file",
    { "compose.yml": `services:\n  web: {extends: {file: a.yml, service: b}}\n${fine}`, "a.yml": "a: {" },
    "2:9",
    "a.yml",
    ["fine:1"],
  ],
  [
    "extends over two files in a circle",
    {
      "compose.yml": `services:\n  web: {extends: {file: a.yml, service: b}}\n${fine}`,
      "a.yml": "services:\n  b: {extends: {file: compose.yml, service: web}}\n",
    },
    "2:9",
    "itself",
    ["fine:1"],
  ],
  ["include that is no list", `include: a.yml\nservices:\n${fine}`, "1:1", "must be a list", ["fine:1"]],
  ["include of a missing file", `include: [a.yml]\nservices:\n${fine}`, "1:11", "not there", ["fine:1"]],
  ["include out of the source", `include: [../a.yml]\nservices:\n${fine}`, "1:11", "out of the source", ["fine:1"]],
  [
    "include in a circle",
    {
      "compose.yml": `include:\n  - a.yml\nservices:\n${fine}`,
      "a.yml": "include: [b.yml]\n",
      "b.yml": "include: [compose.yml]\n",
    },
    "2:5",
    "circle",
    ["fine:1"],
  ],
  ["include of itself", `include: [compose.yml]\nservices:\n${fine}`, "1:11", "circle", ["fine:1"]],
  ["include by an unset variable", `include: ["$X/a.yml"]\nservices:\n${fine}`, "1:11", "X is not set", ["fine:1"]],
  [
    "a file that is refused",
    { "compose.yml": { kind: "refused", reason: "It is larger than 1 MiB." } },
    "-",
    "1 MiB",
    [],
  ],
  ["a file that is missing", {}, "-", "not there", []],
];

function bomb(start: string): string {
  const lines = Array.from(
    "bcdefghijklmnopqrstuvwxyz",
    (name, index) => `x-${name}: &${name} [${`*${String.fromCharCode(97 + index)}, `.repeat(9)}]`,
  );
  return `x-a: &a [a, a, a]\n${lines.join("\n")}\n${start}`;
}

describe("a broken file says one clear line, and the rest of it goes on", () => {
  test.each(problems)("%s", (_, texts, place, said, found) => {
    const findings = find(typeof texts === "string" ? { "compose.yml": texts } : texts);
    expect(findings.problems).toHaveLength(1);
    const [problem] = findings.problems;
    expect(problem?.file).toBe("compose.yml");
    expect(problem?.text).toContain(said);
    expect(problem?.text).toMatch(/^[^\n]{10,300}[.!]$/);
    // How deep the parser gets before it gives up depends on the stack.
    if (place !== "*") expect(problem?.line === undefined ? "-" : `${problem.line}:${problem.column}`).toBe(place);
    expect(findings.references.map(({ image }) => image)).toEqual(found);
  });
});

describe("an image that cannot be known says why, and keeps its text", () => {
  const cases: readonly [image: string, env: string | FileText | undefined, said: string][] = [
    ["nginx:${TAG}", undefined, "TAG is not set in .env"],
    ["nginx:$TAG", "OTHER=1\n", "TAG is not set in .env"],
    ["nginx:${TAG:?which one}", undefined, "TAG is required (which one)"],
    ["nginx:${TAG?}", undefined, "TAG is required and"],
    ["nginx:${TAG:?}", "TAG=\n", "TAG is required"],
    ["nginx:${TAG", undefined, "no closing brace"],
    ["nginx:${TAG:-${X}", "TAG=1\n", "no closing brace"],
    ["nginx:${}", undefined, "no variable"],
    ["nginx:${1TAG}", undefined, "no variable"],
    ["nginx:${TAG:}", "TAG=1\n", "no variable"],
    ["nginx:${TAG/a/b}", "TAG=1\n", "no variable"],
    ["nginx:$", undefined, "stands alone"],
    ["nginx:$1", undefined, "stands alone"],
    ["nginx:${TAG:-${X}}", undefined, "X is not set"],
    ["nginx:${TAG}", "TAG=${OTHER}\n", "OTHER is not set"],
    ["nginx:${TAG}", "TAG=${TAG}\n", "TAG is not set"],
    ["nginx:${TAG}", "T AG=1\n", "line 1, column 3"],
    ["nginx:${TAG}", 'A=1\nTAG="1\n', "line 2, column 5"],
    ["nginx:${TAG}", { kind: "refused", reason: "It is a link out of the source." }, "link out of the source"],
    [
      "nginx:${TAG}",
      `A=1\n${Array.from("BCDEFGHIJ", (name, index) => `${name}=${`$${String.fromCharCode(65 + index)}`.repeat(9)}\n`).join("")}TAG=$J\n`,
      "More than 64 pieces",
    ],
    [`nginx:${"${A:-".repeat(50)}${"}".repeat(50)}`, undefined, "nested more than"],
  ];
  test.each(cases)("%j with %j", (image, env, said) => {
    const compose = `services:\n  web:\n    image: ${JSON.stringify(image)}\n${fine}`;
    const { references, problems: found } = find(
      env === undefined ? { "compose.yml": compose } : { "compose.yml": compose, ".env": env },
    );
    expect(found).toEqual([]);
    expect(references).toMatchObject([
      { image, written: image, segments: [], line: 3 },
      { image: "fine:1", obstacle: undefined },
    ]);
    expect(references[0]?.obstacle).toMatchObject({ code: "unresolved-variable" });
    expect(references[0]?.obstacle?.text).toContain(said);
    expect(references[0]?.obstacle?.text).toMatch(/^[^\n]+\.$/);
  });
});

test("A chain of extends is followed as far as people write them, and no further.", () => {
  const chain = (length: number) =>
    `services:\n  s0: {image: a:1}\n${Array.from({ length }, (_, index) => `  s${index + 1}: {extends: s${index}}\n`).join("")}`;
  expect(find({ "compose.yml": chain(30) }).references).toHaveLength(31);
  const backwards = `services:\n${chain(5000).split("\n").slice(1).reverse().join("\n")}`;
  const { problems: found, references } = find({ "compose.yml": backwards });
  expect(found[0]?.text).toMatch(
    /^Service s5000 extends s4999, .{10,200} stands on more than 32 others: extend fewer\.$/,
  );
  expect(references).toHaveLength(33);
});

test("A file of a mebibyte costs no more than reading it.", () => {
  const many = `services:\n${Array.from({ length: 12_000 }, (_, index) => `  s${index}:\n    extends: base\n    image: a:\${T${index}:-1}\n    x-tl: @:!!\n`).join("")}  base: {image: a:1}\n`;
  expect(find({ "compose.yml": many }).references).toHaveLength(12_001);
});
