import { expect, test } from "vitest";
import { type ScriptedAnswer, scriptedRoute } from "../../../test/fixtures/scripted-route.ts";
import { probeCompose } from "./probe-compose.ts";

const exited = (exitCode: number) => ({ kind: "exited", exitCode }) as const;
const noPlugin = "docker: 'compose' is not a docker command.";

test.each<readonly [string, "V1" | "V2", ScriptedAnswer, string | undefined, RegExp | undefined]>([
  ["V2", "V2", { output: ["2.26.1"] }, "2.26.1", undefined],
  [
    "V2 with a letter, in a talkative shell",
    "V2",
    { output: ["Welcome!", "v2.29.7-desktop.1"] },
    "2.29.7-desktop.1",
    undefined,
  ],
  ["V1", "V1", { output: ["1.29.2"] }, "1.29.2", undefined],
  ["no docker-compose", "V1", { end: exited(127) }, undefined, /no `docker-compose`.*DockerVersion to V2/],
  ["no docker", "V2", { end: exited(127) }, undefined, /no `docker` command/],
  ["no plug-in", "V2", { errors: [noPlugin, "See 'docker --help'"], end: exited(1) }, undefined, /plug-in.*V1/],
  [
    "one that breaks",
    "V1",
    { errors: ["ImportError: no module"], end: exited(1) },
    undefined,
    /does not work: ImportError/,
  ],
  [
    "a way that is lost",
    "V1",
    { end: { kind: "lost", reason: "no answer" } },
    undefined,
    /was not answered: no answer/,
  ],
])("there is %s", async (_title, wanted, answer, version, problem) => {
  const route = scriptedRoute(() => answer);
  const { composeVersion, composeProblem } = await probeCompose(route, wanted, new AbortController().signal);
  expect(composeVersion).toBe(version);
  if (problem === undefined) expect(composeProblem).toBeUndefined();
  else expect(composeProblem).toMatch(problem);
});
