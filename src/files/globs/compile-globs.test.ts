import { describe, expect, test } from "vitest";
import { compileGlobs, type Globs } from "./compile-globs.ts";
import { defaultGlobs } from "./default-globs.ts";

function matching({ include, exclude }: Partial<Globs>, paths: readonly string[]): readonly string[] {
  const globs = compileGlobs({ include: include ?? ["**"], exclude: exclude ?? [] });
  if (globs.kind === "invalid") throw new Error(globs.text);
  return paths.filter(globs.matches);
}

describe("a glob matches", () => {
  const cases: readonly [glob: string, matched: readonly string[], others: readonly string[]][] = [
    ["Dockerfile", ["Dockerfile", "dockerfile", "DOCKERFILE"], ["a/Dockerfile", "Dockerfile.x", "xDockerfile"]],
    ["*.Dockerfile", ["a.Dockerfile", ".Dockerfile"], ["b/a.Dockerfile", "a.Dockerfile.x"]],
    ["**/Dockerfile", ["Dockerfile", "a/Dockerfile", "a/.b/c/Dockerfile"], ["a/Dockerfile/b", "aDockerfile"]],
    ["a/**", ["a/b", "a/b/c", "a/.b"], ["a", "ab/c", "b/a/c"]],
    ["a/", ["a/b", "a/b/c"], ["a", "b/a/c"]],
    ["**", ["a", "a/b", ".a"], []],
    ["**/*", ["a", "a/b/c"], []],
    ["a/**/b", ["a/b", "a/x/b", "a/x/y/b"], ["b", "a/b/c", "ab"]],
    ["**/a/**/*.yml", ["a/x.yml", "b/a/c/x.yml"], ["a.yml", "b/x.yml"]],
    [
      "docker-compose.*.yml",
      ["docker-compose.dev.yml", "docker-compose..yml"],
      ["docker-compose.yml", "a/docker-compose.x.yml"],
    ],
    ["a*b*c", ["abc", "axbxc", "abbc"], ["ab/c", "acb"]],
    ["a**b", ["ab", "axb"], ["a/b"]],
    ["./a", ["a"], ["b/a"]],
    ["/a", ["a"], ["b/a"]],
    ["a//b", ["a/b"], []],
    ["app/[id]/a.yml", ["app/[id]/a.yml"], ["app/i/a.yml"]],
    ["a.b+c(d)^$|", ["a.b+c(d)^$|"], ["axb+c(d)^$|", "abc"]],
    ["größe/*.yml", ["größe/ä.yml", "GRÖßE/Ä.yml"], ["grösse/a.yml"]],
  ];
  test.each(cases)("%s", (glob, matched, others) => {
    expect(matching({ include: [glob] }, [...matched, ...others])).toEqual(matched);
  });
});

test("what is excluded is left out, and everything in .git always", () => {
  const paths = ["a.yml", "b.yml", ".git/a.yml", "x/.git/a.yml", ".github/a.yml", "x.git/a.yml"];
  expect(matching({ include: ["**"], exclude: ["b*"] }, paths)).toEqual(["a.yml", ".github/a.yml", "x.git/a.yml"]);
  expect(matching({ include: [] }, paths)).toEqual([]);
});

describe("a glob that is none is refused with its reason", () => {
  const cases: readonly [glob: string, why: RegExp][] = [
    ["", /empty/],
    ["a?.yml", /has a \?/],
    ["*.{yml,yaml}", /has a \{/],
    ["a\\b", /backslash/],
    ["!a", /ExcludeGlobs/],
    ["../a", /leads out/],
    ["a/../b", /leads out/],
    ["a".repeat(501), /longer than 500/],
  ];
  test.each(cases)("%s", (glob, why) => {
    const expected = { kind: "invalid", glob, text: expect.stringMatching(why) };
    expect(compileGlobs({ include: [glob], exclude: [] })).toEqual(expected);
    expect(compileGlobs({ include: ["a"], exclude: [glob] })).toEqual(expected);
  });
});

describe("without configuration", () => {
  const cases: readonly [kind: keyof typeof defaultGlobs, read: readonly string[], others: readonly string[]][] = [
    [
      "compose",
      [
        "compose.yaml",
        "a/b/compose.yml",
        "docker-compose.yml",
        "a/docker-compose.yaml",
        "compose.dev.yml",
        "docker-compose.a.b.yaml",
      ],
      ["my-compose.yml", "compose.json", "compose-dev.yml", "docker-compose.yml.bak"],
    ],
    [
      "dockerfile",
      [
        "Dockerfile",
        "a/Containerfile",
        "Dockerfile.dev",
        "a/web.Dockerfile",
        "web.containerfile",
        "Containerfile.alpine",
      ],
      [
        "Dockerfile.md",
        ".dockerignore",
        "Dockerfile.dockerignore",
        "Dockerfile-dev",
        "Dockerfile.j2",
        "docs/dockerfiles",
      ],
    ],
    [
      "env",
      [".env", "a/.env", "prod.env", "a/.env.prod"],
      [".env.example", ".env.sample", "example.env", "env", ".envrc"],
    ],
    ["yaml", ["a.yaml", "b/c.yml"], ["a.json", "yaml"]],
  ];
  test.each(cases)("%s files are read", (kind, read, others) => {
    expect(matching(defaultGlobs[kind], [...read, ...others])).toEqual(read);
  });
});

test("a glob that makes others slow costs nothing", () => {
  const paths = Array.from({ length: 200 }, (_, index) => `${"a".repeat(200)}${index}`);
  expect(matching({ include: [`${"*a".repeat(50)}b`, `${"**/*a*/".repeat(20)}b`] }, paths)).toEqual([]);
});
