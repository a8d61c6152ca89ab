import { describe, expect, test } from "vitest";
import { sourceOf } from "../../test/files/compose-source.ts";
import { findInCompose } from "./compose/find-in-compose.ts";
import { planEdits } from "./plan-edits.ts";

const a = `sha256:${"a".repeat(64)}`;
const b = `sha256:${"b".repeat(64)}`;

function plan(image: string, env: string, next: string) {
  const source = sourceOf({ "compose.yml": `services:\n  web:\n    image: ${image}\n`, ".env": env });
  const [reference] = findInCompose("compose.yml", source).references;
  if (reference === undefined) throw new Error("no reference");
  return planEdits(reference, next);
}

describe("only the place that holds what changes is written", () => {
  const cases: readonly [image: string, env: string, next: string, edits: readonly string[]][] = [
    ["nginx:1.25", "", "nginx:1.27", ["compose.yml nginx:1.25 > nginx:1.27"]],
    ["nginx:1.25", "", `nginx:1.25@${a}`, [`compose.yml nginx:1.25 > nginx:1.25@${a}`]],
    ["nginx", "", `nginx:latest@${a}`, [`compose.yml nginx > nginx:latest@${a}`]],
    [`nginx@${a}`, "", `nginx:1.27@${b}`, [`compose.yml nginx@${a} > nginx:1.27@${b}`]],
    [`nginx:1.25@${a}`, "", "nginx:1.27", [`compose.yml nginx:1.25@${a} > nginx:1.27`]],
    ["localhost:5000/x", "", "localhost:5000/x:2", ["compose.yml localhost:5000/x > localhost:5000/x:2"]],
    ["redis:7", "", "docker.io/library/redis:7", ["compose.yml redis:7 > docker.io/library/redis:7"]],
    ["nginx:${TAG}", "TAG=1.25\n", "nginx:1.27", ["TAG 1.25 > 1.27"]],
    ["nginx:${TAG}", "TAG=1.25\n", `nginx:1.27@${a}`, [`TAG 1.25 > 1.27@${a}`]],
    ["nginx:${TAG}", `TAG=1.25@${a}\n`, `nginx:1.27@${b}`, [`TAG 1.25@${a} > 1.27@${b}`]],
    ["nginx:${TAG:-1.25}", "", `nginx:1.27@${a}`, [`TAG 1.25 > 1.27@${a}`]],
    ["nginx:${VERSION}-alpine", "VERSION=1.25\n", "nginx:1.27-alpine", ["VERSION 1.25 > 1.27"]],
    [
      "nginx:${VERSION}-alpine",
      "VERSION=1.25\n",
      `nginx:1.27-alpine@${a}`,
      [`VERSION 1.25 > 1.27`, `compose.yml -alpine > -alpine@${a}`],
    ],
    ["nginx:v${VERSION}", "VERSION=1.25\n", "nginx:v1.27", ["VERSION 1.25 > 1.27"]],
    ["nginx:1.${MINOR}", "MINOR=25\n", "nginx:1.27", ["MINOR 25 > 27"]],
    ["nginx:${MAJOR}.${MINOR}", "MAJOR=1\nMINOR=25\n", "nginx:1.27", ["MINOR 25 > 27"]],
    ["nginx:${MAJOR}.${MINOR}", "MAJOR=1\nMINOR=25\n", "nginx:2.25", ["MAJOR 1 > 2"]],
    ["nginx:${TAG}@${DIGEST}", `TAG=1.25\nDIGEST=${a}\n`, `nginx:1.27@${b}`, ["TAG 1.25 > 1.27", `DIGEST ${a} > ${b}`]],
    ["nginx:${TAG}${PIN}", `TAG=1.25\nPIN=@${a}\n`, `nginx:1.25@${b}`, [`PIN @${a} > @${b}`]],
    ["nginx:${TAG}${PIN}", `TAG=1.25\nPIN=@${a}\n`, "nginx:1.27", ["TAG 1.25 > 1.27", `PIN @${a} > `]],
    ["nginx:${TAG}${PIN:-}", "TAG=1.25\n", `nginx:1.25@${a}`, [`TAG 1.25 > 1.25@${a}`]],
    ["${REPO}:${TAG}", "REPO=nginx\nTAG=1.25\n", "nginx:1.27", ["TAG 1.25 > 1.27"]],
    ["${REPO}:1.25", "REPO=nginx\n", "nginx:1.27", ["compose.yml :1.25 > :1.27"]],
    [
      "${REGISTRY}/nginx:1.25",
      "REGISTRY=ghcr.io\n",
      `ghcr.io/nginx:1.27@${a}`,
      [`compose.yml /nginx:1.25 > /nginx:1.27@${a}`],
    ],
    ["${IMAGE}", "IMAGE=nginx\n", `nginx:latest@${a}`, [`IMAGE nginx > nginx:latest@${a}`]],
    ["${IMAGE:-nginx:${TAG:-1.25}}", "", "nginx:1.27", ["TAG 1.25 > 1.27"]],
    ['"ng\\x69nx:1.25"', "", "nginx:1.27", ["compose.yml ng\\x69nx:1.25 > nginx:1.27"]],
  ];
  test.each(cases)("%s with %j to %s", (image, env, next, edits) => {
    const planned = plan(image, env, next);
    if (planned.kind === "refused") throw new Error(planned.text);
    expect(planned.edits.map(({ place, from, to }) => `${place.owner ?? place.file} ${from} > ${to}`)).toEqual(edits);
  });

  test("Nothing is planned where nothing changes.", () => {
    expect(plan("nginx:1.25", "", "nginx:1.25")).toEqual({ kind: "edits", edits: [] });
  });
});

describe("a plan that would have to guess is refused, with its reason", () => {
  const cases: readonly [image: string, env: string, next: string, said: string][] = [
    ["nginx:${MAJOR}.${MINOR}", "MAJOR=1\nMINOR=25\n", "nginx:2.0", "MAJOR and `.` and MINOR"],
    ["nginx:1.${MINOR}", "MINOR=25\n", "nginx:2.0", "and MINOR at once"],
    ["nginx:${TAG}@${DIGEST}", `TAG=1.25\nDIGEST=${a}\n`, "nginx:1.27", "`@` and DIGEST"],
    ["x${V}/app:${V}", "V=1\n", "x1/app:2", "V stands twice"],
    ["nginx:${TAG}", "", "nginx:1.27", "TAG is not set"],
    ["nginx:1.25", "", "nginx:1.27\n", "is not an image"],
    ["nginx:1.25", "", "nginx:1.27 # x", "is not an image"],
    ["nginx:1.25", "", 'nginx:"1', "is not an image"],
  ];
  test.each(cases)("%s with %j to %s", (image, env, next, said) => {
    expect(plan(image, env, next)).toMatchObject({
      kind: "refused",
      code: "ambiguous-owner",
      text: expect.stringContaining(said),
    });
  });
});
