import { describe, expect, test } from "vitest";
import { sourceOf } from "../../../test/files/compose-source.ts";
import type { Setting } from "../../policy/setting.ts";
import type { FoundReference } from "../found-reference.ts";
import { replaceImage } from "../replace-image.ts";
import { findInCompose } from "./find-in-compose.ts";

function find(texts: Readonly<Record<string, string>> | string) {
  return findInCompose("compose.yml", sourceOf(typeof texts === "string" ? { "compose.yml": texts } : texts));
}

function plain(setting: Setting | undefined): unknown {
  if (setting === undefined || setting.kind === "scalar") return setting?.text;
  if (setting.kind === "list") return setting.items.map(plain);
  return Object.fromEntries(setting.entries.map((entry) => [entry.key, plain(entry.value)]));
}

/** `name image | policy`, a line for each reference. */
function show({ name, image, policy, isBuiltHere, obstacle }: FoundReference): string {
  const written = policy === undefined ? "" : ` | ${JSON.stringify(plain(policy.long) ?? plain(policy.short))}`;
  return `${name} ${image}${isBuiltHere ? " (built)" : ""}${written}${obstacle === undefined ? "" : ` ! ${obstacle.code}`}`;
}

/** Every way to write one service `web` whose image is `nginx:1.25`; each must be found and be changed in place. */
const styles: readonly [title: string, text: string][] = [
  ["two blanks", "services:\n  web:\n    image: nginx:1.25\n"],
  ["other indentation", "services:\n       web:\n         image:    nginx:1.25   \n"],
  ["no final newline", "services:\n  web:\n    image: nginx:1.25"],
  ["CRLF", "services:\r\n  web:\r\n    image: nginx:1.25\r\n    ports: []\r\n"],
  ["byte-order mark", "\uFEFFservices:\n  web:\n    image: nginx:1.25\n"],
  ["emoji", "# 🚀 ünïcödé\nservices:\n  web:\n    labels: {a: '🚀'}\n    image: nginx:1.25 # 🚀\n"],
  ["double quotes", 'services:\n  web:\n    image: "nginx:1.25" # comment\n'],
  ["single quotes", "services:\n  web:\n    image: 'nginx:1.25'\n"],
  ["escapes", 'services:\n  web:\n    image: "ng\\x69nx:1.25"\n'],
  ["line folded inside quotes", 'services:\n  web:\n    image: "nginx:\\\n      1.25"\n'],
  ["quoted keys", "services:\n  \"web\":\n    'image': nginx:1.25\n"],
  ["flow", "services: {web: {image: nginx:1.25, ports: [80]}}\n"],
  ["flow over lines", 'services: {\n  "web": {\n    image: "nginx:1.25"\n  }\n}\n'],
  ["JSON", '{"services":{"web":{"image":"nginx:1.25"}}}'],
  ["folded block", "services:\n  web:\n    image: >-\n      nginx:1.25\n    ports: []\n"],
  ["literal block with comment", "services:\n  web:\n    image: |- # here\n        nginx:1.25\n"],
  ["explicit key", "services:\n  ? web\n  : image: nginx:1.25\n"],
  ["value on the next line", "services:\n  web:\n    image:\n      nginx:1.25\n"],
  ["tag and anchor", "services:\n  web:\n    image: &img !!str nginx:1.25\n"],
  ["anchored service", "services:\n  web: &web # here\n    image: nginx:1.25\n"],
  ["alias of an image", "x-image: &img nginx:1.25\nservices:\n  web:\n    image: *img\n"],
  ["alias of a service", "x-web: &web\n  image: nginx:1.25\nservices:\n  web: *web\n"],
  ["merge key", "x-web: &web\n  image: nginx:1.25\nservices:\n  web:\n    <<: *web\n    ports: []\n"],
  [
    "merge list, earlier first",
    "x-a: &a {image: nginx:1.25}\nx-b: &b {image: no:1}\nservices:\n  web:\n    <<: [*a, *b]\n",
  ],
  ["merge below own", "x-a: &a {image: no:1}\nservices:\n  web:\n    <<: *a\n    image: nginx:1.25\n"],
  ["merge of a merge", "x-a: &a {image: nginx:1.25}\nx-b: &b {<<: *a}\nservices:\n  web: {<<: *b}\n"],
  ["merge into services", "x-s: &s\n  web: {image: nginx:1.25}\nservices:\n  <<: *s\n"],
  ["anchor named again", "x-a: &i no:1\nx-b: &i nginx:1.25\nservices:\n  web:\n    image: *i\n"],
  ["document start and end", "%YAML 1.2\n---\nservices:\n  web:\n    image: nginx:1.25\n...\n"],
  ["later document over earlier", "services: {web: {image: no:1}}\n---\nservices: {web: {image: nginx:1.25}}\n"],
  ["second document without the image", "services: {web: {image: nginx:1.25}}\n---\nservices: {web: {ports: []}}\n"],
  ["same-file extends", "services:\n  web:\n    extends: base\n  base:\n    image: nginx:1.25\n"],
  ["extends with service", "services:\n  web: {extends: {service: base}}\n  base: {image: nginx:1.25}\n"],
  [
    "comments everywhere",
    "# a\nservices: # b\n  # c\n  web: # d\n    # image: no:1\n    image: nginx:1.25 # e\n  # f\n",
  ],
  ["profiles", "services:\n  web:\n    profiles: [debug]\n    image: nginx:1.25\n"],
  [
    "an image text elsewhere",
    "services:\n  web:\n    command: 'image: nginx:1.25'\n    image: nginx:1.25\n    x-note: nginx:1.25\n",
  ],
  ["default in place", "services:\n  web:\n    image: nginx:${TAG:-1.25}\n"],
  ["default of the whole", 'services:\n  web:\n    image: "${IMAGE-nginx:1.25}"\n'],
  ["nested defaults", "services:\n  web:\n    image: nginx:${A:-${B:-1.25}}\n"],
  ["tab before a comment", "services:\n  web:\n    image: nginx:1.25\t# tab\n"],
];

describe("an image is found and changed in every style of YAML", () => {
  const next = `nginx:1.27@sha256:${"a".repeat(64)}`;
  test.each(styles)("%s", (_, text) => {
    const source = sourceOf({ "compose.yml": text });
    const run = (from: typeof source) => findInCompose("compose.yml", from);
    const { references, problems } = run(source);
    expect(problems).toEqual([]);
    const web = references.find(({ name }) => name === "web");
    expect(web).toMatchObject({ image: "nginx:1.25", pointer: "services.web.image", obstacle: undefined });

    const replaced = replaceImage(run, source, "services.web.image", "nginx:1.25", next);
    if (replaced.kind === "refused") throw new Error(replaced.text);
    const changed = replaced.texts.get("compose.yml") ?? "";
    expect(run(sourceOf({ "compose.yml": changed })).references.find(({ name }) => name === "web")?.image).toBe(next);
    const [edit] = replaced.edits;
    expect(replaced.edits).toHaveLength(1);
    const { start = 0, end = 0 } = edit?.place ?? {};
    expect(changed).toBe(text.slice(0, start) + edit?.to + text.slice(end));
  });
});

describe("lines count from 1 and point at the image", () => {
  test.each([
    ["services:\n  web:\n    image: nginx:1.25\n", 3],
    ["services:\r\n  web:\r\n    ports: []\r\n    image: nginx:1.25\r\n", 4],
    ["services:\n  web:\n    image: >-\n      nginx:1.25\n", 4],
    ["services: {web: {image: nginx:1.25}}", 1],
    ["x-image: &img nginx:1.25\nservices:\n  web:\n    image: *img\n", 1],
    ["services:\n  web:\n    image: nginx:${TAG:-1.25}\n", 3],
  ])("%j", (text, line) => {
    expect(find(text).references[0]?.line).toBe(line);
  });
});

describe("services are told apart", () => {
  const cases: readonly [title: string, text: string, shown: readonly string[]][] = [
    ["no services", "volumes:\n  x:\n", []],
    ["services: null", "services:\nvolumes: {}\n", []],
    ["an empty file", "", []],
    ["only comments", "# nothing\n", []],
    ["no image and no policy", "services:\n  web: {ports: []}\n", []],
    ["build", "services:\n  web: {build: ., image: me/web:1}\n", ["web me/web:1 (built)"]],
    ["build alone", "services:\n  web: {build: ., x-tl: ^}\n", []],
    ["inherited build", "x-b: &b {build: .}\nservices:\n  web: {<<: *b, image: a:1}\n", ["web a:1 (built)"]],
    [
      "reset build",
      "services:\n  base: {build: ., image: a:1}\n  web: {extends: base, build: !reset null}\n",
      ["base a:1 (built)", "web a:1"],
    ],
    ["reset image", "services:\n  base: {image: a:1}\n  web: {extends: base, image: !reset null}\n", ["base a:1"]],
    [
      "reset policies",
      "services:\n  a: {image: a:1, x-tl: ^, x-talos: {skip: yes}}\n  b: {extends: a, x-tl: !reset null, x-talos: !reset {}}\n  c: {extends: a, x-tl: }\n",
      ['a a:1 | {"skip":"yes"}', "b a:1", 'c a:1 | {"skip":"yes"}'],
    ],
    ["numbers stay text", "services:\n  web: {image: app:1.20}\n  db: {image: 8}\n", ["web app:1.20", "db 8"]],
    ["an image in quotes is not nothing", "services:\n  web: {image: '~'}\n", ["web ~"]],
    ["odd names", "services:\n  web.api: {image: a:1}\n  123: {image: b:1}\n", ["web.api a:1", "123 b:1"]],
    ["literal block keeps its line end", "services:\n  web:\n    image: |\n      a:1\n", ["web a:1\n"]],
    [
      "inherited by extends of extends",
      "services:\n  a: {image: x:1, x-tl: ^}\n  b: {extends: a}\n  c: {extends: b, x-tl: +}\n",
      ['a x:1 | "^"', 'b x:1 | "^"', 'c x:1 | "+"'],
    ],
  ];
  test.each(cases)("%s", (_, text, shown) => {
    const { references, problems } = find(text);
    expect(problems).toEqual([]);
    expect(references.map(show)).toEqual(shown);
  });

  test("A name with other signs is quoted in the pointer.", () => {
    const { references } = find("services:\n  web.api: {image: a:1}\n  'a\"b': {image: b:1}\n  a_b-2: {image: c:1}\n");
    expect(references.map(({ pointer }) => pointer)).toEqual([
      'services["web.api"].image',
      'services["a\\"b"].image',
      "services.a_b-2.image",
    ]);
  });
});

describe("policies are read as written", () => {
  const one = (lines: string) =>
    `services:\n  web:\n    image: a:1\n${lines.replaceAll(/^/gm, "    ")}\n  db:\n    image: b:1\n`;
  const cases: readonly [text: string, policy: unknown][] = [
    ["x-tl: ~", "~"],
    ["x-tl: ~ # patch", "~"],
    ["x-tl: @:!!!!", "@:!!!!"],
    ["x-tl: @", "@"],
    ["x-tl: +:", "+:"],
    ["x-tl: +:!", "+:!"],
    ["x-tl: ^:!!?. # comment, with a comma", "^:!!?."],
    ["x-tl: ~:!?", "~:!?"],
    ["x-tl: ^: # all", "^:"],
    ["x-tl: *!", "*!"],
    ["x-tl: !", "!"],
    ["x-tl: !!!", "!!!"],
    ["x-tl: ?", "?"],
    ["x-tl: %", "%"],
    ["x-tl: -", "-"],
    ["x-tl:   x   ", "x"],
    ["x-tl: + !", "+ !"],
    ["x-tl: +, !", "+, !"],
    ["x-tl:", ""],
    ["x-tl: # nothing", ""],
    ['x-tl: "^:!!"', "^:!!"],
    ["x-tl: '@:!!!!'", "@:!!!!"],
    ["'x-tl': @:!", "@:!"],
    ["x-tl: &p @!", "@!"],
    ["x-tl: !!str ^!", "^!"],
    ["x-tl: >-\n  ^!", "^!"],
    ["x-tl: [a, b]", ["a", "b"]],
    ["x-tl: yes", "yes"],
    [
      "x-talos:\n  bump: minor\n  skip: no\n  strategy: {digest: push}",
      { bump: "minor", skip: "no", strategy: { digest: "push" } },
    ],
    ["x-talos:", ""],
    ["x-talos: ~", ""],
    ["x-talos: {}", {}],
    ["x-talos: {allow: [1.20, '~1', null], bump: ~}", { allow: ["1.20", "~1", "null"], bump: "~" }],
    ["x-talos: *a", { bump: "minor" }],
    ["x-talos:\n  <<: *a\n  skip: true", { skip: "true", bump: "minor" }],
    ["<<: *s", "+!"],
    ["x-tl: *t", "@:!!"],
    ["command: |\n  x-tl: foo\n# x-tl: bar", undefined],
    ['command: "echo, x-tl: foo"', undefined],
    ["command: ['{x-tl: foo}', 'a']", undefined],
  ];
  test.each(cases)("%j", (lines, policy) => {
    const text = `x-a: &a {bump: minor}\nx-s: &s {x-tl: +!}\nx-t: {x-tl: &t @:!!}\n${one(lines)}`;
    const { references, problems } = find(text);
    expect(problems).toEqual([]);
    expect(references.map(({ image }) => image)).toEqual(["a:1", "b:1"]);
    const written = references[0]?.policy;
    expect(plain(written?.long) ?? plain(written?.short)).toEqual(policy);
    expect(written === undefined).toBe(policy === undefined);
  });

  test("The short form stands in flow maps too.", () => {
    const { references } = find("services: {web: {x-tl: @:!!!!, image: a:1}, db: {image: b:1, x-tl: +: }}\n");
    expect(references.map(show)).toEqual(['web a:1 | "@:!!!!"', 'db b:1 | "+:"']);
  });

  test("Both forms are kept, each with its place.", () => {
    const { policy } =
      find("services:\n  web:\n    image: a:1\n    x-tl: ^!\n    x-talos: {bump: minor}\n").references[0] ?? {};
    expect(policy?.short).toEqual({ kind: "scalar", text: "^!", at: { line: 4, column: 11 } });
    expect(policy?.long).toMatchObject({ kind: "map", at: { line: 5, column: 14 } });
  });

  test("A key written twice in a policy is left to the policy's reader.", () => {
    const { policy } =
      find("services:\n  web:\n    image: a:1\n    x-talos: {bump: minor, bump: major}\n").references[0] ?? {};
    expect(policy?.long?.kind === "map" && policy.long.entries.map(({ key }) => key)).toEqual(["bump", "bump"]);
  });

  test("Extending merges a policy key by key, and puts lists together.", () => {
    const text =
      "services:\n  base:\n    image: a:1\n    x-talos: {bump: minor, sync: {group: g, children: [x]}}\n" +
      "  web:\n    extends: base\n    x-talos: {skip: true, sync: {id: w, children: [y]}}\n";
    expect(plain(find(text).references[1]?.policy?.long)).toEqual({
      bump: "minor",
      skip: "true",
      sync: { group: "g", id: "w", children: ["x", "y"] },
    });
  });
});

describe("other files", () => {
  test("An extended service of another file is edited there, and found under the one that extends.", () => {
    const texts = {
      "app/compose.yml": "services:\n  web:\n    extends:\n      file: ../base/web.yml\n      service: base\n",
      "base/web.yml": "services:\n  base:\n    extends: {file: ./deep.yml, service: deep}\n    x-tl: ^!\n",
      "base/deep.yml": "services:\n  deep:\n    image: nginx:${TAG}\n",
      "app/.env": "TAG=1.25\n",
    };
    const { references, problems } = findInCompose("app/compose.yml", sourceOf(texts));
    expect(problems).toEqual([]);
    expect(references).toMatchObject([
      { file: "app/compose.yml", line: 2, image: "nginx:1.25", pointer: "services.web.image" },
    ]);
    expect(references.map(show)).toEqual(['web nginx:1.25 | "^!"']);
    expect(references[0]?.segments.map(({ place }) => [place.file, place.line, place.owner])).toEqual([
      ["base/deep.yml", 3, undefined],
      ["app/.env", 1, "TAG"],
    ]);
  });

  test("The file of extends may be named by a variable, and starts from the project's folder.", () => {
    const texts = {
      "sub/compose.yml": "services:\n  web:\n    extends: {file: '${BASE}.yml', service: base}\n",
      "base.yml": "services: {base: {image: a:1}}\n",
      ".env": "BASE=base\n",
    };
    const { references } = findInCompose("sub/compose.yml", sourceOf(texts), { projectDirectory: "" });
    expect(references.map(show)).toEqual(["web a:1"]);
  });
});

describe("shared texts", () => {
  test.each([
    [
      "an anchor of one image is nobody's trouble",
      "x-i: &i a:1\nservices:\n  web: {image: *i}\n  db: {image: *i}\n",
      "",
      ["web a:1", "db a:1"],
    ],
    [
      "a registry alone may be shared",
      "services:\n  web: {image: '${R}/a:1'}\n  db: {image: '${R}/b:1'}\n",
      "R=ghcr.io\n",
      ["web ghcr.io/a:1", "db ghcr.io/b:1"],
    ],
    [
      "a tag of two images is held",
      "services:\n  web: {image: 'a:${T}'}\n  db: {image: 'b:${T}'}\n",
      "T=1\n",
      ["web a:1 ! ambiguous-owner", "db b:1 ! ambiguous-owner"],
    ],
    [
      "a tag of one image is not",
      "services:\n  web: {image: 'a:${T}'}\n  db: {image: 'a:${T}'}\n",
      "T=1\n",
      ["web a:1", "db a:1"],
    ],
    [
      "an image with and without a suffix is held",
      "services:\n  web: {image: '${I}'}\n  db: {image: '${I}-alpine'}\n",
      "I=a:1\n",
      ["web a:1 ! ambiguous-owner", "db a:1-alpine ! ambiguous-owner"],
    ],
    [
      "a tag that makes another's name is held once",
      "services:\n  web: {image: 'a:${T}'}\n  db: {image: '${T}/b:2'}\n",
      "T=x\n",
      ["web a:x ! ambiguous-owner", "db x/b:2"],
    ],
    [
      "a second variable over the first",
      "services:\n  web: {image: 'a:${U}'}\n  db: {image: 'b:${T}'}\n",
      "T=1\nU=${T}\n",
      ["web a:1 ! ambiguous-owner", "db b:1 ! ambiguous-owner"],
    ],
  ])("%s", (_, compose, env, shown) => {
    const { references } = find({ "compose.yml": compose, ".env": env });
    expect(references.map(show)).toEqual(shown);
  });
});
