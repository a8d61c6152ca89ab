import { expect, test } from "vitest";
import { makeContainer } from "../../../test/fixtures/make-container.ts";
import { composeProjects } from "./compose-projects.ts";
import { ownWords } from "./own-words.ts";

const names = { "com.docker.compose.project": "web", "com.docker.compose.service": "app" };
const place = {
  "com.docker.compose.project.working_dir": "/srv/web",
  "com.docker.compose.project.config_files": "/srv/web/compose.yaml",
};
const variables = { "com.docker.compose.project.environment_file": "/evil/.env" };

test.each([
  ["compose has said all of it", { ...names, ...place }, {}, ["/srv/web", []]],
  ["compose has built the image too", { ...names, ...place }, names, ["/srv/web", []]],
  ["the image says where it is", { ...names, ...place }, { ...names, ...place }, undefined],
  ["the image adds a file of variables", { ...names, ...place, ...variables }, variables, ["/srv/web", []]],
  ["the image says something else", { ...names, ...place }, { ...names, ...variables }, ["/srv/web", []]],
  ["the image is gone", { ...names, ...place }, undefined, undefined],
] as const)("where %s", (_, labels, image, expected) => {
  const [project] = composeProjects([ownWords(makeContainer({ labels }), image)]);
  expect(project && [project.folder, project.environmentFiles]).toEqual(expected);
});
