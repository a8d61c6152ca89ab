import { describe, expect, test } from "vitest";
import { sourceOf } from "../../../test/files/compose-source.ts";
import { replaceImage } from "../replace-image.ts";
import { findInEnv } from "./find-in-env.ts";

const digest = `sha256:${"a".repeat(64)}`;

describe("an annotated variable is found, and changed in place", () => {
  test.each([
    ["WEB=nginx:1.25\n# !tl ^!\n", `WEB=nginx:1.27@${digest}\n# !tl ^!\n`],
    [
      "A=1\nexport WEB = 'nginx:1.25' # here\n#!talos bump=minor\nB=2",
      `A=1\nexport WEB = 'nginx:1.27@${digest}' # here\n#!talos bump=minor\nB=2`,
    ],
    ['WEB="nginx:1.25"\r\n\t# !tl @\r\n', `WEB="nginx:1.27@${digest}"\r\n\t# !tl @\r\n`],
    ["\uFEFFWEB: nginx:1.25 # 🚀\n# !tl @", `\uFEFFWEB: nginx:1.27@${digest} # 🚀\n# !tl @`],
    ["V=1.25\nWEB=nginx:${V}\n# !tl @\n", `V=1.27@${digest}\nWEB=nginx:\${V}\n# !tl @\n`],
    ["R=docker.io\nWEB=${R:-x}/nginx:1.25\n# !tl @\n", `R=docker.io\nWEB=\${R:-x}/nginx:1.27@${digest}\n# !tl @\n`],
    ['WEB="ng\\inx:1.25"\n# !tl @\n', undefined],
  ])("%j", (text, changed) => {
    const source = sourceOf({ "app/.env": text });
    const find = (from: typeof source) => findInEnv("app/.env", from);
    const { references, problems } = find(source);
    expect(problems).toEqual([]);
    expect(references).toMatchObject([
      { kind: "env", file: "app/.env", pointer: "WEB", name: "WEB", isBuiltHere: false },
    ]);
    const [reference] = references;
    const line = text.split("\n").findIndex((each) => each.includes("WEB")) + 1;
    expect(reference?.line).toBe(line);
    const image = reference?.image ?? "";
    const replaced = replaceImage(find, source, "WEB", image, image.replace("1.25", `1.27@${digest}`));
    expect(replaced.kind === "replaced" ? replaced.texts.get("app/.env") : undefined).toBe(changed);
  });
});

test("Only variables with a policy directly below are images.", () => {
  const text =
    "A=a:1\nB=b:1\n\n# !tl ^\nC=c:1\n# a comment\n# !tl ^\nD=d:1\n# !tl ^\n# !talos pin=no\n# !other\nE='e:1\n'\n# !tl x\n";
  const { references, problems } = findInEnv(".env", sourceOf({ ".env": text }));
  expect(problems).toEqual([]);
  expect(references.map(({ pointer }) => pointer)).toEqual(["D", "E"]);
  expect(references[0]?.policy).toMatchObject({
    short: { text: "^" },
    long: { kind: "map", entries: [{ key: "pin" }] },
  });
});

test.each([
  ["A=a:1\n# !tl ^\nA=a:2\n", 1, "set again on line 3"],
  ["A=a:1\n# !tl ^\nB='\n", 3, "never closed"],
])("What cannot be followed in %j is one line.", (text, line, said) => {
  const { references, problems } = findInEnv(".env", sourceOf({ ".env": text }));
  expect(references).toEqual([]);
  expect(problems).toMatchObject([{ file: ".env", line, text: expect.stringContaining(said) }]);
});

test("A missing or refused file is one line.", () => {
  const refused = { kind: "refused", reason: "It is not UTF-8." } as const;
  expect(findInEnv(".env", sourceOf({})).problems).toMatchObject([{ file: ".env", line: undefined }]);
  expect(findInEnv(".env", sourceOf({ ".env": refused })).problems).toMatchObject([{ text: "It is not UTF-8." }]);
});

test("A value over a variable that is not set cannot be known.", () => {
  const { references } = findInEnv(".env", sourceOf({ ".env": "A=a:${V}\n# !tl ^\nV=1\n" }));
  expect(references).toMatchObject([{ image: "a:${V}", segments: [], obstacle: { code: "unresolved-variable" } }]);
});

test("A version that two annotated images share is held on both.", () => {
  const { references } = findInEnv(".env", sourceOf({ ".env": "V=1\nA=a:${V}\n# !tl ^\nB=b:${V}\n# !tl ^\n" }));
  expect(references.map(({ obstacle }) => obstacle?.code)).toEqual(["ambiguous-owner", "ambiguous-owner"]);
});
