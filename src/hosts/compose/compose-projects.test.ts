import { expect, test } from "vitest";
import { makeContainer } from "../../../test/fixtures/make-container.ts";
import { composeProjects } from "./compose-projects.ts";

const prefix = "com.docker.compose.";

function member(labels: Readonly<Record<string, string>>, createdMs = 1) {
  const entries = Object.entries(labels).map(([name, value]) => [`${prefix}${name}`, value]);
  return makeContainer({ name: `${labels.project}-${labels.service}`, labels: Object.fromEntries(entries), createdMs });
}

test("a project has the services of all of its containers, and the files in their order", () => {
  const project = {
    project: "web",
    "project.working_dir": "/srv/web",
    "project.config_files": "/srv/web/compose.yaml,/srv/web/compose.override.yaml",
    "project.environment_file": "/srv/web/.env,/srv/web/local.env",
  };
  const containers = [
    member({ ...project, service: "db" }),
    member({ ...project, service: "app" }),
    member({ ...project, service: "app" }),
    member({ ...project, project: "a", service: "b" }),
    makeContainer({ name: "alone" }),
  ];
  expect(composeProjects(containers).map(({ name }) => name)).toEqual(["a", "web"]);
  expect(composeProjects(containers)[1]).toEqual({
    name: "web",
    folder: "/srv/web",
    files: ["/srv/web/compose.yaml", "/srv/web/compose.override.yaml"],
    environmentFiles: ["/srv/web/.env", "/srv/web/local.env"],
    services: ["app", "db"],
  });
});

test.each([
  ["one in the folder", "/srv/web", "docker-compose.yml", ["/srv/web/docker-compose.yml"]],
  ["several in the folder", "/srv/web", "a.yml,b.yml", ["/srv/web/a.yml", "/srv/web/b.yml"]],
  ["given from above", "/srv/web", "web/a.yml,web/b.yml", ["/srv/web/a.yml", "/srv/web/b.yml"]],
  ["given from above, the second elsewhere", "/srv/web", "web/a.yml,b.yml", ["/srv/web/a.yml", "/srv/b.yml"]],
  ["given from beside", "/srv/web", "../web/a.yml,../web/b.yml", ["/srv/web/a.yml", "/srv/web/b.yml"]],
  ["given from far beside", "/srv/web", "../../web/a.yml", ["/srv/web/a.yml"]],
  ["the second above", "/srv/web", "a.yml,../b.yml", ["/srv/web/a.yml", "/srv/b.yml"]],
  ["the second absolute", "/srv/web", "a.yml,/etc/b.yml", ["/srv/web/a.yml", "/etc/b.yml"]],
  ["below a project directory", "/srv/web", "docker/a.yml", ["/srv/web/docker/a.yml"]],
  ["a name that only ends alike", "/srv/myweb", "web/a.yml", ["/srv/myweb/web/a.yml"]],
  ["none told", "/srv/web", "", []],
])("files as V1 names them: %s", (_title, folder, files, expected) => {
  const labels = { project: "web", service: "app", "project.working_dir": folder, "project.config_files": files };
  expect(composeProjects([member(labels)])[0]?.files).toEqual(expected);
});

test.each([
  ["without a folder", { project: "web", service: "app" }],
  ["with a folder that is none", { project: "web", service: "app", "project.working_dir": "srv/web" }],
  ["with a name that is an option", { project: "--file=x", service: "app", "project.working_dir": "/srv" }],
  ["with a name for a shell", { project: "a;reboot", service: "app", "project.working_dir": "/srv" }],
  ["with an empty name", { project: "", service: "app", "project.working_dir": "/srv" }],
])("a project %s is left out", (_title, labels) => {
  expect(composeProjects([member(labels)])).toEqual([]);
});

test("a service that is an option, no service, or one run of it is left out", () => {
  const project = { project: "web", "project.working_dir": "/srv/web" };
  const containers = ["--rmi", "$(reboot)", "a b", "", "-", "good_1.x"].map((service) =>
    member({ ...project, service }),
  );
  containers.push(member({ ...project, service: "migrate", oneoff: "True" }), member(project));
  expect(composeProjects(containers)[0]?.services).toEqual(["good_1.x"]);
});

test("where containers disagree about the project's place the newest is right", () => {
  const old = { project: "web", service: "a", "project.working_dir": "/old", "project.config_files": "/old/a.yml" };
  const moved = { project: "web", service: "b", "project.working_dir": "/new" };
  const projects = composeProjects([member(moved, 2), member(old, 1)]);
  expect(projects).toMatchObject([{ folder: "/new", files: [], services: ["a", "b"] }]);
});
