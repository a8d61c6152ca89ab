import { describe, expect, test } from "vitest";
import type { Setting } from "../../policy/setting.ts";
import type { FileFindings } from "../found-reference.ts";
import { findInDockerfile } from "./find-in-dockerfile.ts";

const file = "app/Dockerfile";

function find(text: string): FileFindings {
  return findInDockerfile(file, () => ({ kind: "text", text }));
}

function plain(setting: Setting | undefined): unknown {
  if (setting?.kind === "map") return Object.fromEntries(setting.entries.map(({ key, value }) => [key, plain(value)]));
  return setting?.kind === "list" ? setting.items.map(plain) : setting?.text;
}

/** Pointer and image of every reference. What the places hold, put together, is the image. */
function images(text: string): readonly (readonly [string, string])[] {
  const { references, problems } = find(text);
  expect(problems).toEqual([]);
  for (const { image, segments, obstacle } of references)
    if (obstacle === undefined)
      expect(segments.map(({ place }) => text.slice(place.start, place.end)).join("")).toBe(image);
  return references.map(({ pointer, image }) => [pointer, image]);
}

const one = [["stages.0", "nginx:1.25"]];

describe("an image is found", () => {
  const cases: readonly [form: string, text: string, found: readonly (readonly string[])[]][] = [
    ["plain", "FROM nginx:1.25\n", one],
    ["without a final newline", "FROM nginx:1.25", one],
    ["in small letters", "from nginx:1.25 as Web\n", [["stages.Web", "nginx:1.25"]]],
    ["indented, with blanks around", " \t FrOm \t nginx:1.25  \t\n", one],
    ["with CRLF", "FROM nginx:1.25\r\nRUN x\r\n", one],
    ["behind a byte-order mark", "\uFEFFFROM nginx:1.25\n", one],
    ["with a platform", "FROM --platform=$BUILDPLATFORM nginx:1.25 AS web", [["stages.web", "nginx:1.25"]]],
    ["with a quoted platform", 'FROM --platform="linux/amd64" nginx:1.25', one],
    ["in quotes", "FROM \"nginx:1.25\"\nFROM 'nginx:1.25'", [...one, ["stages.1", "nginx:1.25"]]],
    ["with an escape", "FROM nginx\\:1.25", one],
    ["over two lines", "FROM \\\n  nginx:1.25 \\\n  AS web\n", [["stages.web", "nginx:1.25"]]],
    ["over two lines with CRLF", "FROM \\\r\n  nginx:1.25 \\  \r\n  AS web\r\n", [["stages.web", "nginx:1.25"]]],
    ["with comments and blank lines inside", "FROM \\\n# a comment \\\n\n   # another\nnginx:1.25\n", one],
    ["broken in the middle", "FROM ngi\\\nnx:1.25\n", one],
    ["with another escape", "# escape=`\nFROM `\n nginx:1.25\n", one],
    ["below directives", "# syntax=docker/dockerfile:1\n# check=skip=all\n# escape = `\nFROM `\nnginx:1.25\n", one],
    ["although a comment comes before escape", "# hello\n# escape=`\nFROM \\\nnginx:1.25\n", one],
    [
      "with a registry and a digest",
      "FROM localhost:5000/a/b@sha256:aa",
      [["stages.0", "localhost:5000/a/b@sha256:aa"]],
    ],
    ["beside emoji", "# 🐳\nFROM nginx:1.25\n", one],
    [
      "twice",
      "FROM a:1\nFROM b:1 AS x\n",
      [
        ["stages.0", "a:1"],
        ["stages.x", "b:1"],
      ],
    ],
    ["under a stage name with a point", "FROM a:1 AS v1.2\n", [['stages["v1.2"]', "a:1"]]],
    [
      "under a stage name that is taken",
      "FROM a:1 AS x\nFROM b:1 AS X\n",
      [
        ["stages.x", "a:1"],
        ["stages.1", "b:1"],
      ],
    ],
    ["although a later stage has its name", "FROM nginx AS nginx\n", [["stages.nginx", "nginx"]]],
    [
      "in COPY --from",
      "FROM a:1\nCOPY --chown=1:1 --from=b:2 /x /y\ncopy --from=c:3 x y",
      [
        ["stages.0", "a:1"],
        ["stages.0.copy.0", "b:2"],
        ["stages.0.copy.1", "c:3"],
      ],
    ],
    [
      "in COPY with a list",
      'FROM a:1\nCOPY --from="b:2" ["/x", "/y"]',
      [
        ["stages.0", "a:1"],
        ["stages.0.copy.0", "b:2"],
      ],
    ],
    [
      "in RUN --mount",
      "FROM a:1 AS s\nRUN --mount=type=cache,target=/c --mount=type=bind,from=b:2,target=/x make",
      [
        ["stages.s", "a:1"],
        ["stages.s.mount.0", "b:2"],
      ],
    ],
    [
      "in a quoted mount",
      `FROM a:1\nRUN --mount='type=bind,"from=b:2",target=/x' make\nRUN --mount="from=c:3" x`,
      [
        ["stages.0", "a:1"],
        ["stages.0.mount.0", "b:2"],
        ["stages.0.mount.1", "c:3"],
      ],
    ],
    [
      "behind ONBUILD",
      "FROM a:1\nONBUILD COPY --from=b:2 /x /y\nonbuild run --mount=from=c:3 x",
      [
        ["stages.0", "a:1"],
        ["stages.0.copy.0", "b:2"],
        ["stages.0.mount.0", "c:3"],
      ],
    ],
  ];
  test.each(cases)("%s", (_, text, found) => {
    expect(images(text)).toEqual(found);
  });
});

describe("no image is", () => {
  const cases: readonly [what: string, text: string][] = [
    ["a stage", "FROM nginx:1.25 AS web\nFROM WEB\nCOPY --from=Web /x /y\nRUN --mount=from=web x"],
    ["a stage of a later FROM, for COPY", "FROM nginx:1.25\nCOPY --from=later /x /y\nFROM scratch AS later"],
    ["a stage number", "FROM nginx:1.25\nFROM scratch\nCOPY --from=0 /x /y\nRUN --mount=from=0 x"],
    ["scratch", "FROM nginx:1.25\nFROM scratch\nCOPY --from=scratch /x /y"],
    ["a stage chosen by a variable", "ARG F=web\nFROM nginx:1.25 AS web\nFROM ${F}"],
    ["a stage chosen by platform", "FROM nginx:1.25 AS web-amd64\nFROM scratch AS web-arm64\nFROM web-${TARGETARCH}"],
    ["the text of a heredoc", "FROM nginx:1.25\nRUN <<EOF\nFROM x\nEOF\n"],
    ["the text of a quoted heredoc", "FROM nginx:1.25\nRUN cat <<'EOF' > x\nFROM x\n EOF\nEOF\n"],
    ["the text of a heredoc in double quotes", 'FROM nginx:1.25\nRUN 3<<"EOF"\nFROM x\nEOF\n'],
    ["the text of a heredoc with tabs", "FROM nginx:1.25\nRUN <<-EOF\n\tFROM x\n\t\tEOF\n"],
    ["the text of two heredocs", "FROM nginx:1.25\nCOPY <<a <<b /dir/\nFROM x\na\nFROM y\nb\n"],
    ["the text of a heredoc with CRLF", "FROM nginx:1.25\r\nRUN <<EOF\r\nFROM x\r\nEOF\r\n"],
    ["the text of a heredoc behind ONBUILD", "FROM nginx:1.25\nONBUILD RUN <<EOF\nFROM x\nEOF\n"],
    ["a word inside a command", "FROM nginx:1.25\nRUN echo FROM x \\\n  FROM y\n"],
    ["a comment", "# FROM x\nFROM nginx:1.25\n  # FROM y\n"],
    ["ADD --from", "FROM nginx:1.25\nADD --from=x /a /b\n"],
    ["an option behind the first word", "FROM nginx:1.25\nCOPY /a --from=x /b\n"],
  ];
  test.each(cases)("%s", (_, text) => {
    expect(images(text).map(([, image]) => image)).toEqual(["nginx:1.25"]);
  });
});

describe("what only looks like a heredoc hides nothing", () => {
  const cases = [
    'RUN echo "<<EOF"',
    "RUN echo x<<EOF",
    "RUN echo << EOF",
    "ENV A=<<EOF",
    'RUN ["cat", "<<EOF"]',
    "RUN echo it's <<EOF",
  ];
  test.each(cases)("%s", (line) => {
    expect(images(`FROM a:1\n${line}\nFROM b:1\n`)).toEqual([
      ["stages.0", "a:1"],
      ["stages.1", "b:1"],
    ]);
  });
});

describe("variables are replaced by the defaults of the ARGs above", () => {
  const cases: readonly [text: string, image: string, owners: readonly (string | undefined)[]][] = [
    ["ARG V=1.25\nFROM nginx:$V", "nginx:1.25", [undefined, "V"]],
    ["ARG V=1.25\nFROM nginx:${V}-alpine", "nginx:1.25-alpine", [undefined, "V", undefined]],
    ['ARG I="nginx:1.25"\nFROM ${I}', "nginx:1.25", ["I"]],
    ["ARG I='nginx:1.25'\nFROM $I", "nginx:1.25", ["I"]],
    ["arg A=nginx B=1.25\nFROM $A:$B", "nginx:1.25", ["A", undefined, "B"]],
    ["ARG V=1.25\nARG I=nginx:${V}\nFROM $I", "nginx:1.25", ["I", "V"]],
    ["ARG V=1\nARG V=1.25\nFROM nginx:$V", "nginx:1.25", [undefined, "V"]],
    ["ARG V=1.25\nARG V\nFROM nginx:$V", "nginx:1.25", [undefined, "V"]],
    ["ARG \\\n  V=1.25\nFROM nginx:$V", "nginx:1.25", [undefined, "V"]],
    ["FROM ${I:-nginx:1.25}", "nginx:1.25", ["I"]],
    ["ARG I\nFROM ${I-nginx:1.25}", "nginx:1.25", ["I"]],
    ["ARG I=\nFROM ${I:-nginx:1.25}", "nginx:1.25", ["I"]],
    ["ARG I=nginx:1.25\nFROM ${I:-x}", "nginx:1.25", ["I"]],
    ["ARG I=nginx:1.25\nFROM ${I:-$MISSING}", "nginx:1.25", ["I"]],
    ["ARG V=1.25\nFROM ${I:-nginx:${V}}", "nginx:1.25", ["I", "V"]],
    ["ARG S=1\nFROM nginx:1.25${S:+-slim}", "nginx:1.25-slim", [undefined, "S"]],
    ["FROM nginx:1.25${S:+-slim}", "nginx:1.25", [undefined]],
    ["ARG S=\nFROM nginx:1.25${S:+-slim}", "nginx:1.25", [undefined]],
    ["ARG V=1.25\nFROM nginx:${V:?needed}", "nginx:1.25", [undefined, "V"]],
    ['ARG V=1.25\nFROM "nginx:$V"', "nginx:1.25", [undefined, "V"]],
    ["ARG TARGETARCH=amd64\nFROM nginx:$TARGETARCH", "nginx:amd64", [undefined, "TARGETARCH"]],
  ];
  test.each(cases)("%j", (text, image, owners) => {
    expect(images(text)).toEqual([["stages.0", image]]);
    expect(find(text).references[0]?.segments.map(({ place }) => place.owner)).toEqual(owners);
  });

  test("the written text and the line are those of the FROM, the place is that of the ARG", () => {
    const text = "ARG V=1.25\n\nFROM nginx:$V\n";
    expect(find(text).references[0]).toMatchObject({
      line: 3,
      written: "nginx:$V",
      image: "nginx:1.25",
      name: "app",
      segments: [{ place: { line: 3 } }, { text: "1.25", place: { line: 1, start: 6, end: 10, notation: "verbatim" } }],
    });
  });

  test("a version that makes two images is held, a registry that does is not", () => {
    const version = find("ARG V=1\nFROM a:$V\nFROM b:$V").references;
    expect(version.map(({ obstacle }) => obstacle?.code)).toEqual(["ambiguous-owner", "ambiguous-owner"]);
    const registry = find("ARG R=ghcr.io\nFROM $R/a:1\nFROM $R/b:1").references;
    expect(registry.map(({ obstacle }) => obstacle)).toEqual([undefined, undefined]);
    const same = find("ARG I=a:1\nFROM $I AS x\nFROM $I AS y").references;
    expect(same.map(({ obstacle }) => obstacle)).toEqual([undefined, undefined]);
  });
});

describe("an image that cannot be known says why", () => {
  const cases: readonly [text: string, written: string, why: RegExp][] = [
    ["ARG TAG\nFROM nginx:$TAG", "nginx:$TAG", /ARG TAG in line 1 has no default: write one/],
    ["FROM nginx:$TAG", "nginx:$TAG", /TAG is not set before the first FROM: add ARG TAG=… there/],
    ["FROM a:1\nARG TAG=1\nFROM nginx:$TAG", "nginx:$TAG", /not set before the first FROM/],
    ["FROM nginx:${TAG:?needed}", "nginx:${TAG:?needed}", /TAG is not set/],
    ["FROM nginx:$TARGETARCH", "nginx:$TARGETARCH", /known only to the builder/],
    ["ARG TARGETARCH\nFROM nginx:$TARGETARCH", "nginx:$TARGETARCH", /known only to the builder/],
    ["ARG I=nginx:$X\nFROM $I", "$I", /X is not set/],
    ["FROM ${I:-}", "${I:-}", /comes to nothing/],
    ["FROM nginx:${V", "nginx:${V", /not closed: add }/],
    ["FROM nginx:${V#1}", "nginx:${V#1}", /more than Talos follows/],
    ["FROM nginx:${1:}", "nginx:${1:}", /more than Talos follows/],
    ["FROM nginx:${-x}", "nginx:${-x}", /not understood/],
    ['FROM "nginx', '"nginx', /not closed: add "/],
    ["FROM 'nginx", "'nginx", /not closed: add '/],
    ["ARG A=1\nFROM a:1\nCOPY --from=x:$A /a /b", "x:$A", /add a stage FROM x:\$A AS name/],
    ["ARG A=1\nFROM a:1\nRUN --mount=from=x:$A y", "x:$A", /add a stage FROM x:\$A AS name/],
    [`FROM ${"${A:-".repeat(200_000)}`, "", /nests defaults more than 16 times/],
    [`ARG A=x\n${"ARG A=$A.$A\n".repeat(40)}FROM $A`, "$A", /More than 64 pieces/],
  ];
  test.each(cases.map((row, index) => [index, ...row] as const))("%i", (_, text, written, why) => {
    const { references, problems } = find(text);
    expect(problems).toEqual([]);
    const last = references.at(-1);
    expect(last).toMatchObject({ obstacle: { code: "unresolved-variable" }, segments: [] });
    expect(last?.written).toContain(written);
    expect(last?.image).toBe(last?.written);
    expect(last?.obstacle?.text).toMatch(why);
    expect(last?.obstacle?.text.length).toBeLessThan(200);
  });
});

describe("a policy is read", () => {
  const long = { bump: "minor" };
  const cases: readonly [where: string, text: string, policy: unknown][] = [
    ["directly below", "FROM a:1\n# !talos bump=minor\n", long],
    ["on several lines", "FROM a:1\n# !talos bump=minor\n  #!talos skip=false\n", { bump: "minor", skip: "false" }],
    ["below the last of continued lines", "FROM \\\n  a:1 \\\n  AS b\n# !talos bump=minor\n", long],
    ["with CRLF", "FROM a:1\r\n# !talos bump=minor\r\n", long],
    ["below the ARG that makes the image", "ARG V=1\n# !talos bump=minor\nFROM a:$V\n", long],
    ["below FROM before below ARG", "ARG V=1\n# !talos bump=major\nFROM a:$V\n# !talos bump=minor\n", long],
    ["but not behind a blank line", "FROM a:1\n\n# !talos bump=minor\n", undefined],
    ["but not behind another comment", "FROM a:1\n# x\n# !talos bump=minor\n", undefined],
    ["but not above", "# !talos bump=minor\nFROM a:1\n", undefined],
    ["but not below another instruction", "FROM a:1\nRUN x\n# !talos bump=minor\n", undefined],
    ["but not in a heredoc", "FROM a:1\nRUN <<E\n# !talos bump=minor\nE\n", undefined],
  ];
  test.each(cases)("%s", (_, text, policy) => {
    expect(plain(find(text).references[0]?.policy?.long)).toEqual(policy);
  });

  test("in its short form, with its place", () => {
    expect(find("FROM a:1\n# !tl +!\n").references[0]?.policy?.short).toEqual({
      kind: "scalar",
      text: "+!",
      at: { line: 2, column: 7 },
    });
  });

  test("below COPY and RUN, for all their images, and behind a heredoc's end", () => {
    const text = "FROM a:1\nCOPY --from=b:1 x y\n# !tl +\nRUN --mount=from=c:1 --mount=from=d:1 <<E\nE\n# !tl ~\n";
    expect(find(text).references.map(({ policy }) => plain(policy?.short))).toEqual([undefined, "+", "~", "~"]);
  });

  test("below # syntax=, which is nobody's business without it", () => {
    const text = "# syntax=docker/dockerfile:1.7\n# !tl +\nFROM a:1\n";
    expect(images(text)).toEqual([
      ["syntax", "docker/dockerfile:1.7"],
      ["stages.0", "a:1"],
    ]);
    expect(images("# syntax=docker/dockerfile:1.7\nFROM a:1\n")).toEqual([["stages.0", "a:1"]]);
  });
});

test("the name is the stage's, else the folder's, else the file's", () => {
  const name = (path: string, text: string) =>
    findInDockerfile(path, () => ({ kind: "text", text })).references[0]?.name;
  expect(name("a/web/Dockerfile", "FROM x:1 AS build")).toBe("build");
  expect(name("a/web/Dockerfile", "FROM x:1")).toBe("web");
  expect(name("web.Dockerfile", "FROM x:1")).toBe("web.Dockerfile");
});

describe("what is broken is told in one line, and the rest goes on", () => {
  const cases: readonly [name: string, text: string, line: number, told: RegExp][] = [
    ["a comment behind the image", "FROM a:1 # first\nFROM ok:1\n", 1, /comments on lines of their own/],
    ["no image", "FROM ok:1\nFROM\n", 2, /names no image/],
    ["no image behind a platform", "FROM ok:1\nFROM --platform=linux/arm64\n", 2, /names no image/],
    ["too many words", "FROM a:1 AS b c\nFROM ok:1\n", 1, /is not understood; write FROM image or FROM image AS name/],
    ["a name without AS", "FROM a:1 b\nFROM ok:1\n", 1, /is not understood/],
    ["AS without a name", "FROM a:1 AS\nFROM ok:1\n", 1, /is not understood/],
    ["a stage name of digits", "FROM a:1 AS 1\nFROM ok:1\n", 1, /1 cannot name a stage/],
    ["an escape that is none", "# escape=x\nFROM ok:1\n", 1, /neither \\ nor `/],
    ["an unclosed heredoc", "FROM ok:1\nRUN <<EOF\nFROM a:1\n", 2, /<<EOF has no end/],
    ["an instruction before FROM", "RUN x\nFROM ok:1\n", 1, /RUN stands before the first FROM/],
    ["a misspelt FROM", "\nFORM a:1\nFROM ok:1\n", 2, /FORM stands before the first FROM/],
  ];
  test.each(cases)("%s", (_, text, line, told) => {
    const { references, problems } = find(text);
    expect(problems).toEqual([{ file, line, column: 1, text: expect.stringMatching(told) }]);
    expect(problems[0]?.text).not.toContain("\n");
    expect(references.map(({ image }) => image)).toEqual(["ok:1"]);
  });

  test.each([
    ["", 1],
    ["# nothing\n", 1],
    ["ARG A=1\n", 1],
    ["\u0000binary\n", 1],
  ])("no FROM at all: %j", (text, line) => {
    const { references, problems } = find(text);
    expect(references).toEqual([]);
    expect(problems).toEqual([{ file, line, column: 1, text: expect.stringMatching(/There is no FROM/) }]);
  });

  test("a broken FROM keeps its number", () => {
    expect(find("FROM a b\nFROM ok:1\n").references[0]?.pointer).toBe("stages.1");
  });

  test("a file that cannot be read", () => {
    const problems = findInDockerfile(file, () => ({ kind: "refused", reason: "It is too large." })).problems;
    expect(problems).toEqual([{ file, line: undefined, column: undefined, text: "It is too large." }]);
    expect(findInDockerfile(file, () => ({ kind: "missing" })).problems).toHaveLength(1);
  });
});
