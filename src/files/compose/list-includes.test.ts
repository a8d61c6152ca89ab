import { describe, expect, test } from "vitest";
import { sourceOf } from "../../../test/files/compose-source.ts";
import { findInCompose } from "./find-in-compose.ts";
import { listIncludes } from "./list-includes.ts";

describe("the files a compose file includes are listed with their context", () => {
  const cases: readonly [include: string, listed: readonly (readonly [string, string, readonly string[]])[]][] = [
    ["[a.yml]", [["app/a.yml", "app", ["app/.env"]]]],
    ["[./sub/a.yml]", [["app/sub/a.yml", "app/sub", ["app/sub/.env", "app/.env"]]]],
    ["[../b/a.yml]", [["b/a.yml", "b", ["b/.env", "app/.env"]]]],
    ["['$DIR/a.yml']", [["app/d/a.yml", "app/d", ["app/d/.env", "app/.env"]]]],
    ["[{path: sub/a.yml}]", [["app/sub/a.yml", "app/sub", ["app/sub/.env", "app/.env"]]]],
    [
      "[{path: [sub/a.yml, b.yml]}]",
      [
        ["app/sub/a.yml", "app/sub", ["app/sub/.env", "app/.env"]],
        ["app/b.yml", "app/sub", ["app/sub/.env", "app/.env"]],
      ],
    ],
    ["[{path: sub/a.yml, project_directory: .}]", [["app/sub/a.yml", "app", ["app/.env"]]]],
    ["[{path: a.yml, project_directory: ..}]", [["app/a.yml", "", [".env", "app/.env"]]]],
    ["[{path: a.yml, env_file: x.env}]", [["app/a.yml", "app", ["app/x.env", "app/.env"]]]],
    ["[{path: a.yml, env_file: [x.env, ../y.env]}]", [["app/a.yml", "app", ["app/x.env", "y.env", "app/.env"]]]],
    ["[{env_file: x.env}]", []],
    ["[oci://example.com/a:1, 'https://example.com/a.git', git@example.com:a.git]", []],
    ["", []],
    ["a.yml", []],
  ];
  test.each(cases)("%s", (include, listed) => {
    const source = sourceOf({ "app/compose.yml": `include: ${include}\nservices: {}\n`, "app/.env": "DIR=d\n" });
    const includes = listIncludes("app/compose.yml", source);
    expect(includes.map(({ path, projectDirectory, envFiles }) => [path, projectDirectory, envFiles])).toEqual(listed);
  });
});

test("Includes of included files keep the variables of the project they started from.", () => {
  const source = sourceOf({
    "compose.yml": "include: [a/compose.yml]\n",
    "a/compose.yml": "include: [../b/compose.yml]\nservices: {web: {image: 'a:${TAG}'}}\n",
    "b/compose.yml": "services: {db: {image: 'b:${TAG}-${OWN}'}}\n",
    ".env": "TAG=1\n",
    "a/.env": "TAG=2\n",
    "b/.env": "TAG=3\nOWN=4\n",
  });
  const [first] = listIncludes("compose.yml", source);
  if (first === undefined) throw new Error("no include");
  const [second] = listIncludes(first.path, source, first);
  if (second === undefined) throw new Error("no include");
  expect(findInCompose(first.path, source, first).references).toMatchObject([{ file: "a/compose.yml", image: "a:1" }]);
  expect(findInCompose(second.path, source, second).references).toMatchObject([
    { file: "b/compose.yml", image: "b:1-4" },
  ]);
  expect(findInCompose(second.path, source).references).toMatchObject([{ image: "b:3-4" }]);
});

test("A file that cannot be read includes nothing.", () => {
  expect(listIncludes("compose.yml", sourceOf({}))).toEqual([]);
  expect(listIncludes("compose.yml", sourceOf({ "compose.yml": "include: [" }))).toEqual([]);
});
