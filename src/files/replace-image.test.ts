import { describe, expect, test } from "vitest";
import { sourceOf } from "../../test/files/compose-source.ts";
import { findInCompose } from "./compose/find-in-compose.ts";
import type { FileFindings } from "./found-reference.ts";
import { replaceImage } from "./replace-image.ts";
import type { SourceText } from "./source-text.ts";

const pointer = "services.web.image";
const find = (source: SourceText) => findInCompose("compose.yml", source);

function replace(
  texts: Readonly<Record<string, string>>,
  expected: string,
  next: string,
  finder: (source: SourceText) => FileFindings = find,
) {
  const replaced = replaceImage(finder, sourceOf(texts), pointer, expected, next);
  return replaced.kind === "refused" ? replaced : Object.fromEntries(replaced.texts);
}

describe("the files that hold the text change, and no others", () => {
  test.each([
    [
      "the file itself",
      { "compose.yml": "services: {web: {image: a:1}, db: {image: a:1}}" },
      { "compose.yml": "services: {web: {image: a:2}, db: {image: a:1}}" },
    ],
    [
      "the .env",
      { "compose.yml": "services: {web: {image: 'a:${T}'}}", ".env": "# x\nexport T='1' # y\n" },
      { ".env": "# x\nexport T='2' # y\n" },
    ],
    [
      "the extended file",
      {
        "compose.yml": "services: {web: {extends: {file: b.yml, service: b}}}",
        "b.yml": "services: {b: {image: a:1}}",
      },
      { "b.yml": "services: {b: {image: a:2}}" },
    ],
    ["two files", { "compose.yml": "services: {web: {image: 'a:${T}.0-x'}}", ".env": "T=1\n" }, undefined],
    [
      "an anchor with two users",
      { "compose.yml": "x: &i a:1\nservices: {web: {image: *i}, db: {image: *i}}" },
      { "compose.yml": "x: &i a:2\nservices: {web: {image: *i}, db: {image: *i}}" },
    ],
  ])("%s", (_, texts, changed) => {
    const image = find(sourceOf(texts)).references[0]?.image ?? "";
    const next = image === "a:1" ? "a:2" : "a:2.0-y";
    const replaced = replace(texts, image, next);
    if (changed === undefined) expect(replaced).toMatchObject({ code: "ambiguous-owner" });
    else expect(replaced).toEqual(changed);
  });

  test("Nothing changes when the image already is the wanted one.", () => {
    expect(replace({ "compose.yml": "services: {web: {image: a:1}}" }, "a:1", "a:1")).toEqual({});
  });
});

describe("what has moved since is refused", () => {
  test.each([
    ["another image", "services: {web: {image: a:3}}", "has a:3 at services.web.image and not a:1"],
    ["no such service", "services: {db: {image: a:1}}", "no image at services.web.image"],
    ["a file that cannot be read any more", "services: {", "no image at services.web.image"],
  ])("%s", (_, text, said) => {
    expect(replace({ "compose.yml": text }, "a:1", "a:2")).toMatchObject({
      kind: "refused",
      code: "moved",
      text: expect.stringContaining(said),
    });
  });
});

describe("a result that was not intended is thrown away", () => {
  const text = { "compose.yml": "services: {web: {image: a:1}, db: {image: b:1}}" };
  /** A finder with a fault: it places the image of `web` where that of `db` stands. */
  const misplaced = (source: SourceText): FileFindings => {
    const found = find(source);
    const db = found.references.find(({ name }) => name === "db");
    return {
      ...found,
      references: found.references.map((each) =>
        each.name === "web" ? { ...each, segments: db?.segments ?? [] } : each,
      ),
    };
  };
  const shifted = (source: SourceText): FileFindings => {
    const found = find(source);
    const shift = (start: number) => start - 24;
    return {
      ...found,
      references: found.references.map((each) => ({
        ...each,
        segments: each.segments.map(({ text: piece, place }) => ({
          text: piece,
          place: { ...place, start: shift(place.start), end: shift(place.end) },
        })),
      })),
    };
  };
  const blind = (source: SourceText): FileFindings => {
    const found = find(source);
    return found.references[0]?.image === "a:2" ? { ...found, references: found.references.slice(0, 1) } : found;
  };

  test.each([
    ["another image would change", misplaced],
    ["another text would change", shifted],
    ["a reference would vanish", blind],
  ])("%s", (_, finder) => {
    expect(replace(text, "a:1", "a:2", finder)).toMatchObject({ kind: "refused" });
  });

  test("A literal block whose line end is part of the image is not written.", () => {
    const block = { "compose.yml": "services:\n  web:\n    image: |\n      a:1\n" };
    expect(replace(block, "a:1\n", "a:2")).toMatchObject({
      kind: "refused",
      text: expect.stringContaining("write the image plainly"),
    });
  });
});
