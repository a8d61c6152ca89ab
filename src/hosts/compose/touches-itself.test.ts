import { expect, test } from "vitest";
import { makeContainer } from "../../../test/fixtures/make-container.ts";
import { touchesItself } from "./touches-itself.ts";

const project = { name: "tools", folder: "/srv/tools", files: [], environmentFiles: [], services: ["talos", "web"] };
const own = makeContainer({
  labels: { "com.docker.compose.project": "tools", "com.docker.compose.service": "talos" },
});
const up = { project: "tools", action: "up", service: undefined } as const;

test("Talos does not bring up what it runs in", () => {
  for (const service of [undefined, "talos"])
    expect(() => touchesItself(own, project, { ...up, service })).toThrow(/Talos itself runs in tools \(talos\)/);
});

test("it brings up another service of its project without what that depends on", () => {
  expect(touchesItself(own, project, { ...up, service: "web" })).toBe(true);
});

test("it pulls anything, and brings up other projects as they are", () => {
  expect(touchesItself(own, project, { ...up, action: "pull" })).toBe(false);
  expect(touchesItself(own, { ...project, name: "other" }, { ...up, project: "other" })).toBe(false);
  expect(touchesItself(undefined, project, up)).toBe(false);
});
