import { expect, test } from "vitest";
import { summariseFailure } from "./summarise-failure.ts";

const daemon = "Error response from daemon: driver failed programming external connectivity";

test.each([
  ["what the engine said", [" Container web-app-1  Starting", daemon], daemon],
  ["it once, when it is said twice", [" Container web-app-1  Starting", ` app Error ${daemon}`, daemon], daemon],
  ["the last three", ["no such a", "no such b", "no such c", "no such d", "done"], "no such b; no such c; no such d"],
  ["the last line, when none tells", ["Pulling app ...", "Killed"], "Killed"],
  ["nothing, when there is nothing", [], ""],
])("of what compose wrote it keeps %s", (_title, lines, expected) => {
  expect(summariseFailure(lines)).toBe(expected);
});
