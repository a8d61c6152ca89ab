import { expect, test } from "vitest";
import { silencedLibraries } from "./trace-libraries.ts";

test.each([
  ["what is false", { git: false, redis: true }, ["git"]],
  ["in any case of letters", { GIT: false, Http: false }, ["git", "http"]],
  ["the earlier program's names", { "StackExchange.Redis": false, "Talos.Docker": false }, ["redis", "hosts"]],
  ["nothing by what nobody knows", { "Talos.Core": false, gti: false }, []],
])("Switched off is %s.", (_, included, silenced) => {
  expect([...silencedLibraries(included)]).toEqual(silenced);
});
