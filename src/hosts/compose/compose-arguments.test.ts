import { expect, test } from "vitest";
import { composeArguments } from "./compose-arguments.ts";

const project = {
  name: "web",
  folder: "/srv/my web",
  files: ["/srv/my web/compose.yaml", "/srv/my web/extra.yaml"],
  environmentFiles: ["/srv/a.env", "/srv/b.env"],
  services: ["app"],
};
const place =
  "--project-name web --project-directory /srv/my_web --file /srv/my_web/compose.yaml --file /srv/my_web/extra.yaml";
const plain = { project, service: undefined, isRecreateForced: false, isAlone: false };

test.each([
  [
    "V2 pull",
    { ...plain, version: "V2", action: "pull" },
    `docker compose --ansi never ${place} --env-file /srv/a.env --env-file /srv/b.env pull`,
  ],
  [
    "V2 up of a service",
    { ...plain, version: "V2", action: "up", service: "app", isRecreateForced: true },
    `docker compose --ansi never ${place} --env-file /srv/a.env --env-file /srv/b.env up -d --force-recreate app`,
  ],
  [
    "V1 pull of a service, which is never forced",
    { ...plain, version: "V1", action: "pull", service: "app", isRecreateForced: true, isAlone: true },
    `docker-compose --no-ansi ${place} --env-file /srv/b.env pull app`,
  ],
  [
    "V1 up without what it depends on",
    { ...plain, version: "V1", action: "up", service: "app", isAlone: true },
    `docker-compose --no-ansi ${place} --env-file /srv/b.env up -d --no-deps app`,
  ],
  [
    "V2 up where the files are not told",
    { ...plain, version: "V2", action: "up", project: { ...project, files: [], environmentFiles: [] } },
    "docker compose --ansi never --project-name web --project-directory /srv/my_web up -d",
  ],
] as const)("%s", (_title, request, expected) => {
  expect(composeArguments(request)).toEqual(expected.split(" ").map((word) => word.replace("my_web", "my web")));
});
