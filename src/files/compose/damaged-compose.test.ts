import fc from "fast-check";
import { expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { image, project, tag, writeProject } from "../../../test/files/compose-projects.ts";
import { sourceOf } from "../../../test/files/compose-source.ts";
import { propertyRuns, propertyTimeoutMs } from "../../../test/files/property-runs.ts";
import { findInEnv } from "../env/find-in-env.ts";
import { replaceImage } from "../replace-image.ts";
import type { SourceText } from "../source-text.ts";
import { findInCompose } from "./find-in-compose.ts";
import { listIncludes } from "./list-includes.ts";
import { maskShortForms } from "./mask-short-forms.ts";

const find = (source: SourceText) => findInCompose("compose.yml", source);
const images = fc.array(image, { minLength: 4, maxLength: 4 });
const signs = ["{", "}", "[", "]", ":", ",", "&", "*", "!", "|", ">", "'", '"', "#", "$", "\n", " ", "-"];

test(
  "Whatever stands in the files, finding ends without an exception, and places hold their texts.",
  () => {
    const scrap = fc.constantFrom(
      ...signs,
      "%",
      "@",
      "`",
      "	",
      "?",
      "~",
      "\r\n",
      "<<: ",
      "${",
      "x-tl: ",
      "extends: ",
      "- ",
      "&a ",
      "*a",
      "services:",
      "image:",
      "=",
      "\\",
    );
    const scraps = fc.array(fc.tuple(fc.nat(2000), fc.nat(6), scrap), { maxLength: 4 });
    fc.assert(
      fc.property(project, images, scraps, scraps, (layout, those, inCompose, inEnv) => {
        const whole = writeProject(layout, those);
        const texts = { "compose.yml": damage(whole["compose.yml"], inCompose), ".env": damage(whole[".env"], inEnv) };
        const { references, problems } = find(sourceOf(texts));
        for (const { segments, image: found } of references) {
          for (const { text, noted, place } of segments)
            expect(texts[place.file === ".env" ? ".env" : "compose.yml"].slice(place.start, place.end)).toBe(
              noted ?? text,
            );
          if (segments.length > 0) expect(segments.map(({ text }) => text).join("")).toBe(found);
        }
        for (const { text } of problems) expect(text).not.toContain("\n");
        findInEnv(".env", sourceOf(texts));
        listIncludes("compose.yml", sourceOf(texts));
      }),
      { numRuns: propertyRuns },
    );
  },
  propertyTimeoutMs,
);

/** Puts scraps into a text, each over some of its letters. */
function damage(text: string, scraps: readonly (readonly [number, number, string])[]): string {
  return scraps.reduce((rest, [at, length, scrap]) => {
    const start = rest.length === 0 ? 0 : at % rest.length;
    return rest.slice(0, start) + scrap + rest.slice(start + length);
  }, text);
}

test(
  "A damaged project changes as intended or not at all.",
  () => {
    const scrap = fc.constantFrom(...signs, "\\", "\\x31", "''", "${A:-", "}");
    const scraps = fc.array(fc.tuple(fc.nat(2000), fc.nat(3), scrap), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(project, images, scraps, tag, (layout, those, inCompose, version) => {
        const whole = writeProject(layout, those);
        const texts = { ...whole, "compose.yml": damage(whole["compose.yml"], inCompose) };
        const [reference] = find(sourceOf(texts)).references;
        if (reference === undefined) return;
        const next = `new:${version}`;
        const replaced = replaceImage(find, sourceOf(texts), reference.pointer, reference.image, next);
        if (replaced.kind === "refused") return;
        const result = { ...texts, ...Object.fromEntries(replaced.texts) };
        const now = find(sourceOf(result)).references.find(({ pointer }) => pointer === reference.pointer);
        expect(now?.image).toBe(next);
        const other = parseAllDocuments(maskShortForms(result["compose.yml"]), { merge: true });
        expect(
          Array.isArray(other) && other.flatMap(({ errors }) => errors).filter(({ code }) => code !== "DUPLICATE_KEY"),
        ).toEqual([]);
      }),
      { numRuns: propertyRuns },
    );
  },
  propertyTimeoutMs,
);
