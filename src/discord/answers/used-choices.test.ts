import { expect, test } from "vitest";
import type { View, ViewPart } from "../../operations/view.ts";
import { usedChoices } from "./used-choices.ts";

const choice = (operation: string, given: Readonly<Record<string, string>> = {}): ViewPart => ({
  type: "choice",
  text: operation,
  operation,
  arguments: given,
});
const answers = (reference: string): View =>
  ["push", "defer", "ignore"].map((answer) => choice("update answer", { reference, answer }));
const heading: ViewPart = { type: "text", heading: true, text: "dead letter" };
const ofLetter = ["replaydeadletters", "cleardeadletters"].map((name) => choice(name, { reference: "web" }));

test.each<[what: string, view: View, chosen: number, used: readonly number[]]>([
  ["the answers to one question", [...answers("a"), ...answers("b"), ...answers("c")], 4, [3, 4, 5]],
  ["what is done to a dead letter", [...answers("web"), heading, ...ofLetter], 3, [3, 4]],
  ["a question about what else something is said of", [...answers("web"), heading, ...ofLetter], 0, [0, 1, 2]],
  ["what is done to all", [choice("replaydeadletters"), choice("cleardeadletters")], 1, [0, 1]],
  ["one of what could be meant", ["a", "b"].map((reference) => choice("update hold", { reference })), 1, [1]],
  ["to look at something", [choice("why", { reference: "a" }), ...answers("a")], 0, []],
  ["beside something to look at", [choice("why", { reference: "a" }), ...answers("a")], 1, [1, 2, 3]],
  ["what is not there", answers("a"), 3, []],
])("%s", (_, view, chosen, used) => {
  expect(usedChoices(view, chosen, ({ operation }) => operation === "why")).toEqual(used);
});
