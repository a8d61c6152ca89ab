import { expect, test } from "vitest";
import { findProject } from "./find-project.ts";

const project = { name: "web", folder: "/srv", files: [], environmentFiles: [], services: ["app", "db"] };
const other = { ...project, name: "mail" };
const request = { project: "web", action: "up", service: undefined } as const;

test("a project is found by its whole name, with its service", () => {
  expect(findProject("nas", [other, project], request)).toBe(project);
  expect(findProject("nas", [other, project], { ...request, service: "db" })).toBe(project);
});

test.each([
  ["another project", { project: "wbe" }, "no compose project `wbe` on nas", "did you mean `web`?"],
  ["an option as a project", { project: "--help" }, "no compose project `--help`", "known are `mail`, `web`"],
  ["another service", { service: "dbb" }, "web on nas has no service `dbb`", "did you mean `db`?"],
  ["an option as a service", { service: "--remove-orphans" }, "no service `--remove-orphans`", "known are `app`, `db`"],
])("%s is not", (_title, facts, message, hint) => {
  expect(() => findProject("nas", [other, project], { ...request, ...facts })).toThrow(
    expect.objectContaining({ code: "target-not-found", message: expect.stringContaining(message), hint }),
  );
});

test("without any project it is said how one gets known", () => {
  expect(() => findProject("nas", [], request)).toThrow(
    expect.objectContaining({ hint: expect.stringContaining("by hand once") }),
  );
});
