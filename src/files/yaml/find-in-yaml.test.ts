import { describe, expect, test } from "vitest";
import type { Setting } from "../../policy/setting.ts";
import type { FileFindings } from "../found-reference.ts";
import { findInYaml, type YamlRule } from "./find-in-yaml.ts";
import { parseYamlPath, type YamlPath } from "./yaml-path.ts";

const file = "k8s/web.yaml";

function path(text: string | undefined): YamlPath | undefined {
  const reading = parseYamlPath(text ?? "");
  if (reading.kind === "invalid") throw new Error(reading.text);
  return text === undefined ? undefined : reading.path;
}

function rule(ancestor: string | undefined, image: string | undefined, talos: string | undefined): YamlRule {
  return { ancestorPath: path(ancestor), relativeImagePath: path(image), relativeTalosPath: path(talos) };
}

const simple = rule("*", "image", "tl");

function find(text: string, ...rules: readonly YamlRule[]): FileFindings {
  return findInYaml(file, () => ({ kind: "text", text }), rules.length === 0 ? [simple] : rules);
}

function short(setting: Setting | undefined): string | undefined {
  return setting?.kind === "scalar" ? setting.text : setting?.kind;
}

/** Every reference with the text at its place. */
function brief(text: string, ...rules: readonly YamlRule[]) {
  const { references, problems } = find(text, ...rules);
  expect(problems).toEqual([]);
  return references.map(({ pointer, image, segments, policy }) => {
    const [segment] = segments;
    const held = text.slice(segment?.place.start, segment?.place.end);
    expect(held).toBe(segment?.noted ?? image);
    return [pointer, image, segment?.noted === undefined ? "as it is" : held, short(policy?.short ?? policy?.long)];
  });
}

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    metadata:
      annotations:
        haondt.dev/talos: "^!"
    spec:
      containers:
        - name: nginx
          image: nginx:1.25.3 # keep
`;
const deploymentRule = rule("/spec/template/", "/spec/containers/0/image", "/metadata/annotations/haondt.dev\\/talos");

test("the manifest of the first description is found with all that is known of it", () => {
  const start = deployment.indexOf("nginx:1.25.3");
  expect(find(deployment, deploymentRule)).toEqual({
    references: [
      {
        kind: "yaml",
        file,
        pointer: "0/spec/template/spec/containers/0/image",
        line: 13,
        name: "web",
        image: "nginx:1.25.3",
        written: "nginx:1.25.3",
        policy: { long: undefined, short: { kind: "scalar", text: "^!", at: { line: 9, column: 27 } } },
        isBuiltHere: false,
        segments: [
          {
            text: "nginx:1.25.3",
            place: { file, line: 13, start, end: start + 12, notation: "verbatim", owner: undefined },
          },
        ],
        obstacle: undefined,
        warnings: [],
      },
    ],
    problems: [],
  });
});

describe("an image is found", () => {
  const cases: readonly [form: string, text: string, found: readonly (readonly unknown[])[]][] = [
    ["plain", "a: { image: x:1, tl: + }", [["0/a/image", "x:1", "as it is", "+"]]],
    ["in single quotes", "a:\n  image: 'x:1'\n  tl: '+!'", [["0/a/image", "x:1", "as it is", "+!"]]],
    ["in double quotes", 'a:\n  image: "x:1"\n  tl: "+!"', [["0/a/image", "x:1", "as it is", "+!"]]],
    ["in quotes with blanks", "a:\n  image: ' x:1 '\n  tl: +!", [["0/a/image", "x:1", "as it is", "+!"]]],
    ["with an escape", 'a:\n  image: "x\\x3a1"\n  tl: +!', [["0/a/image", "x:1", "x\\x3a1", "+!"]]],
    ["in a folded block", "a:\n  image: >- # x:1\n    x:1\n  tl: +!", [["0/a/image", "x:1", "as it is", "+!"]]],
    ["in a literal block", "a:\n  image: |\n    x:1\n  tl: +!\n", [["0/a/image", "x:1", "as it is", "+!"]]],
    ["on a line of its own", "a:\n  image:\n    x:1\n  tl: +!\n", [["0/a/image", "x:1", "as it is", "+!"]]],
    [
      "in a list",
      "- image: x:1\n  tl: +\n- image: y:2\n",
      [
        ["0/0/image", "x:1", "as it is", "+"],
        ["0/1/image", "y:2", "as it is", undefined],
      ],
    ],
    ["with an anchor", "a:\n  image: &i x:1\n  tl: +!", [["0/a/image", "x:1", "as it is", "+!"]]],
    ["with a tag", "a:\n  image: !!str x:1\n  tl: +!", [["0/a/image", "x:1", "as it is", "+!"]]],
    ["with a long policy", "a:\n  image: x:1\n  tl:\n    bump: minor\n", [["0/a/image", "x:1", "as it is", "map"]]],
    ["with a policy of ~", "a:\n  image: x:1\n  tl: ~\n", [["0/a/image", "x:1", "as it is", "~"]]],
    ["with a policy of @:!!", "a:\n  image: x:1\n  tl: @:!!\n", [["0/a/image", "x:1", "as it is", "@:!!"]]],
    ["with an empty policy", "a:\n  tl:\n  image: x:1\n", [["0/a/image", "x:1", "as it is", ""]]],
    ["without a policy", "a:\n  image: x:1\n", [["0/a/image", "x:1", "as it is", undefined]]],
    ["behind a byte-order mark", "\uFEFFa:\n  image: x:1\n", [["0/a/image", "x:1", "as it is", undefined]]],
    ["with CRLF", "a:\r\n  image: x:1\r\n  tl: +\r\n", [["0/a/image", "x:1", "as it is", "+"]]],
    ["in JSON", '{"a": {"image": "x:1", "tl": "+"}}', [["0/a/image", "x:1", "as it is", "+"]]],
    ["as a number", "a:\n  image: 0x10\n", [["0/a/image", "0x10", "as it is", undefined]]],
    ["under keys with / and ~", "a/b~c:\n  image: x:1\n", [["0/a~1b~0c/image", "x:1", "as it is", undefined]]],
    [
      "in every document",
      "a: { image: x:1 }\n---\n---\nb: { image: y:1 }\n",
      [
        ["0/a/image", "x:1", "as it is", undefined],
        ["2/b/image", "y:1", "as it is", undefined],
      ],
    ],
    [
      "after YAML 1.1 was asked for",
      "%YAML 1.1\n---\na: { image: x:1, tl: on }\n",
      [["0/a/image", "x:1", "as it is", "on"]],
    ],
    [
      "beside things without an image",
      "a: { tl2: x }\nb: text\nc: { image: x:1 }\nd:\n",
      [["0/c/image", "x:1", "as it is", undefined]],
    ],
  ];
  test.each(cases)("%s", (_, text, found) => {
    expect(brief(text)).toEqual(found);
  });

  test("nowhere in an empty file, a comment, or a file of another shape", () => {
    for (const text of ["", "# nothing\n", "---\n", "text\n", "[1, 2]\n"]) expect(brief(text)).toEqual([]);
  });

  test("once, when two rules lead to it", () => {
    expect(brief("a: { image: x:1, tl: + }", simple, rule("a", "image", undefined))).toHaveLength(1);
  });
});

describe("an absent path is the node itself", () => {
  test("the ancestor is the document", () => {
    expect(brief("image: x:1\ntl: +", rule(undefined, "image", "tl"))).toEqual([["0/image", "x:1", "as it is", "+"]]);
  });
  test("the image is the ancestor", () => {
    expect(brief("a: [x:1, y:2]", rule("/a/*", undefined, undefined))).toEqual([
      ["0/a/0", "x:1", "as it is", "map"],
      ["0/a/1", "y:2", "as it is", "map"],
    ]);
  });
  test("without a path to the policy everything has opted in, with defaults", () => {
    const [found] = find("a:\n  image: x:1\n", rule("a", "image", undefined)).references;
    expect(found?.policy).toEqual({
      long: { kind: "map", entries: [], at: { line: 2, column: 3 } },
      short: undefined,
    });
  });
});

describe("aliases", () => {
  test("an image behind an alias is placed at its anchor and keeps its own pointer and line", () => {
    const text = "images:\n  web: &web x:1\na: { image: *web, tl: + }\nb:\n  image: *web\n";
    const { references } = find(text, rule("[!.=images]", "image", "tl"));
    expect(references.map(({ pointer, line, written, image }) => [pointer, line, written, image])).toEqual([
      ["0/a/image", 3, "*web", "x:1"],
      ["0/b/image", 5, "*web", "x:1"],
    ]);
    const places = references.map(({ segments }) => segments[0]?.place);
    expect(places[0]).toMatchObject({ line: 2, start: text.indexOf("x:1"), owner: "&web" });
    expect(places[1]).toEqual(places[0]);
  });

  test("an image in a map behind an alias names the map's anchor", () => {
    const [used] = find("base: &base { image: x:1 }\na: { use: *base }\n", rule("a.use", "image", "tl")).references;
    expect(used).toMatchObject({ pointer: "0/a/use/image", segments: [{ place: { owner: "&base" } }] });
  });

  test("a policy may hold aliases", () => {
    const text = "p: &p minor\na:\n  image: x:1\n  tl: { bump: *p, allow: [a, *p] }\n";
    const [found] = find(text, rule("a", "image", "tl")).references;
    expect(found?.policy?.long).toMatchObject({
      kind: "map",
      entries: [
        { key: "bump", keyAt: { line: 4, column: 9 }, value: { kind: "scalar", text: "minor" } },
        { key: "allow", value: { kind: "list", items: [{ text: "a" }, { text: "minor" }] } },
      ],
    });
  });
});

describe("the name", () => {
  test("is metadata.name of the document", () => {
    expect(find("metadata: { name: web }\na: { image: x:1 }").references[0]?.name).toBe("web");
  });
  test("is metadata.name of the item in a List", () => {
    const text =
      "kind: List\nitems:\n- metadata: { name: one }\n  image: x:1\n- metadata: { name: two }\n  image: y:1\n";
    expect(find(text, rule("/items/*", "image", "tl")).references.map(({ name }) => name)).toEqual(["one", "two"]);
  });
  test("is the pointer where there is none", () => {
    expect(find("metadata: { name: }\na: { image: x:1 }").references[0]?.name).toBe("0/a/image");
  });
});

describe("what is broken is told in one line, and the rest goes on", () => {
  const good = "good: { image: ok:1, tl: + }\n";
  const cases: readonly [name: string, text: string, line: number, told: RegExp][] = [
    ["an unclosed quote", `${good}---\na: "x\n`, 4, /not valid YAML: missing closing "quote/],
    ["a tab as indentation", `a:\n\timage: x\n---\n${good}`, 2, /A tab cannot indent/],
    ["a flow list not closed", `a: [1,\n---\n${good}`, 2, /not valid YAML/],
    ["a map in a map on one line", `a: b: c\n---\n${good}`, 1, /not valid YAML/],
    ["a bad indentation", `a:\n    b: 1\n  c: 2\n---\n${good}`, 3, /not valid YAML/],
    ["a template", `a: {{- if x }}\n  image: y\n---\n${good}`, 1, /is a template .* exclude the file/],
    ["a template as image", `a: { image: {{ .Values.image }}, tl: + }\n---\n${good}`, 1, /is a template/],
    ["a key twice", `a: { image: x:1, image: y:1 }\n---\n${good}`, 1, /The key image stands twice/],
    ["an alias without anchor", `a: { image: *nothing }\n---\n${good}`, 1, /\*nothing means nothing/],
    ["an alias in its own anchor", `a: &a { image: *a }\n---\n${good}`, 1, /inside its own anchor/],
    ["a policy that is a list", `${good}a:\n  image: x:1\n  tl: [push]\n`, 4, /policy at 0\/a\/tl is a list/],
    ["an image that is a map", `${good}a:\n  image: { name: x }\n  tl: +\n`, 3, /0\/a\/image is a map/],
    ["an image that is a list", `${good}a:\n  image: [x]\n  tl: +\n`, 3, /0\/a\/image is a list/],
    ["an empty image", `${good}a:\n  image:\n  tl: +\n`, 3, /0\/a\/image is empty/],
    ["a policy without an image", `${good}a:\n  tl: +\n`, 3, /RelativeImagePath image leads to nothing below 0\/a;/],
    ["an image over two lines", `${good}a:\n  image: x\n    y\n  tl: +\n`, 3, /runs over several lines/],
  ];
  test.each(cases)("%s", (_, text, line, told) => {
    const { references, problems } = find(text);
    expect(problems).toEqual([{ file, line, column: expect.any(Number), text: expect.stringMatching(told) }]);
    expect(problems[0]?.text).not.toContain("\n");
    expect(references.map(({ image }) => image)).toEqual(["ok:1"]);
  });

  test("paths that lead to two places", () => {
    const text = "a: { image: x:1, tl: +, second: { image: y:1, tl: + } }";
    expect(find(text, rule("a", "**[parent()].image", "tl")).problems[0]?.text).toMatch(
      /RelativeImagePath .* leads to 2 places below 0\/a; it must lead to one/,
    );
    expect(find(text, rule("a", "image", "[.=~tl|second]")).problems[0]?.text).toMatch(/RelativeTalosPath .* 2 places/);
  });

  test("a file that cannot be read", () => {
    expect(findInYaml(file, () => ({ kind: "missing" }), [simple]).problems).toEqual([
      { file, line: undefined, column: undefined, text: "The file is not there." },
    ]);
    const refused = findInYaml(file, () => ({ kind: "refused", reason: "It is too large." }), [simple]);
    expect(refused.problems[0]?.text).toBe("It is too large.");
  });

  test("nesting without end", () => {
    expect(find(`a: ${"[".repeat(20_000)}`).problems).toHaveLength(1);
  });
});
