import { describe, expect, test } from "vitest";
import { sourceOf } from "../../../test/files/compose-source.ts";
import { readVariables } from "../env/read-variables.ts";
import { indexLines } from "../line-index.ts";
import type { PlacedText } from "../placed-text.ts";
import { interpolate } from "./interpolate.ts";
import { joinSegments } from "./variables.ts";

const env = "SET=one\nEMPTY=\nSINGLE='$SET'\nTWICE=${SET}${SET}\nFALL=${NOT:-${SET}}\nQUOTED=\"${SET}-q\"\nset=lower\n";
const variables = readVariables([".env"], sourceOf({ ".env": env }));

function placed(text: string): PlacedText {
  const place = { file: "compose.yml", lines: indexLines(text), start: 0, end: text.length, owner: undefined };
  return { ...place, text, isVerbatim: true, noted: text, notation: "verbatim" };
}

describe("variables are replaced as Compose does it", () => {
  test.each([
    ["plain", "plain"],
    ["$SET", "one"],
    ["${SET}", "one"],
    ["a$SET.b", "aone.b"],
    ["$SET$SET", "oneone"],
    ["${set}", "lower"],
    ["$SET-x", "one-x"],
    ["${EMPTY}", ""],
    ["$$SET", "$SET"],
    ["$$$SET", "$one"],
    ["$${SET}", "${SET}"],
    ["${SET:-d}", "one"],
    ["${EMPTY:-d}", "d"],
    ["${NOT:-d}", "d"],
    ["${SET-d}", "one"],
    ["${EMPTY-d}", ""],
    ["${NOT-d}", "d"],
    ["${NOT-}", ""],
    ["${SET:?e}", "one"],
    ["${EMPTY?e}", ""],
    ["${SET?}", "one"],
    ["${SET:+r}", "r"],
    ["${EMPTY:+r}", ""],
    ["${NOT:+r}", ""],
    ["${SET+r}", "r"],
    ["${EMPTY+r}", "r"],
    ["${NOT+r}", ""],
    ["${NOT:-${SET}}", "one"],
    ["${NOT:-${ALSO:-x}}y", "xy"],
    ["${NOT:-a${SET}b$SET}", "aonebone"],
    ["${SET:+${NOT:-z}}", "z"],
    ["${NOT:-a:b-c?d+e}", "a:b-c?d+e"],
    ["${NOT:-$$}", "$"],
    ["${SINGLE}", "$SET"],
    ["${TWICE}", "oneone"],
    ["${FALL}", "one"],
    ["${QUOTED}", "one-q"],
    ["${SET:-${UNSET}}", "one"],
  ])("%s is %j", (text, value) => {
    const resolution = interpolate(placed(text), variables);
    expect(resolution.kind === "resolved" ? joinSegments(resolution.segments) : resolution.text).toBe(value);
  });
});

describe("every piece knows who holds it", () => {
  test.each([
    ["nginx:1", [["nginx:1", "compose.yml", undefined, "nginx:1"]]],
    [
      "nginx:$SET",
      [
        ["nginx:", "compose.yml", undefined, "nginx:"],
        ["one", ".env", "SET", "one"],
      ],
    ],
    [
      "a${NOT:-d}b",
      [
        ["a", "compose.yml", undefined, "a"],
        ["d", "compose.yml", "NOT", "d"],
        ["b", "compose.yml", undefined, "b"],
      ],
    ],
    ["${FALL}", [["one", ".env", "SET", "one"]]],
    [
      "${QUOTED}",
      [
        ["one", ".env", "SET", "one"],
        ["-q", ".env", "QUOTED", "-q"],
      ],
    ],
    [
      "$$a",
      [
        ["$", "compose.yml", undefined, "$$"],
        ["a", "compose.yml", undefined, "a"],
      ],
    ],
  ])("%s", (text, pieces) => {
    const resolution = interpolate(placed(text), variables);
    if (resolution.kind === "unresolved") throw new Error(resolution.text);
    const texts: Readonly<Record<string, string>> = { "compose.yml": text, ".env": env };
    expect(
      resolution.segments.map(({ text: piece, place }) => [
        piece,
        place.file,
        place.owner,
        texts[place.file]?.slice(place.start, place.end),
      ]),
    ).toEqual(pieces);
  });
});

test("Of several files, the last that sets a name counts.", () => {
  const source = sourceOf({ a: "X=1\nY=${X}\n", b: "X=2\nZ=${X}${Y}\n" });
  const both = readVariables(["a", "missing", "b"], source);
  const value = (name: string) => {
    const resolution = both.valueOf(name);
    return resolution?.kind === "resolved" ? joinSegments(resolution.segments) : resolution;
  };
  expect([value("X"), value("Y"), value("Z"), value("W")]).toEqual(["2", "1", "21", undefined]);
});

test("Text with escapes around a variable is not taken apart.", () => {
  const text = { ...placed("a$SET"), isVerbatim: false, noted: "\\x61$SET" };
  expect(interpolate(text, variables)).toMatchObject({ kind: "unresolved" });
});
