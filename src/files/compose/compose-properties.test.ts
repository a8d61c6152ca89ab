import fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "yaml";
import {
  image,
  project,
  type TestImage,
  type TestProject,
  tag,
  writeProject,
} from "../../../test/files/compose-projects.ts";
import { sourceOf } from "../../../test/files/compose-source.ts";
import { propertyRuns, propertyTimeoutMs } from "../../../test/files/property-runs.ts";
import { replaceImage } from "../replace-image.ts";
import type { SourceText } from "../source-text.ts";
import { findInCompose } from "./find-in-compose.ts";
import { maskShortForms } from "./mask-short-forms.ts";

const find = (source: SourceText) => findInCompose("compose.yml", source);
const textOf = ({ repository, version }: TestImage) => `${repository}:${version}`;
const images = fc.array(image, { minLength: 4, maxLength: 4 });
const newVersion = fc.oneof(
  tag,
  image.map(({ version }) => version),
);

test(
  "Every service is found with its image, on the line where it stands.",
  () => {
    fc.assert(
      fc.property(project, images, (layout, those) => {
        const texts = writeProject(layout, those);
        const { references, problems } = find(sourceOf(texts));
        expect(problems).toEqual([]);
        const lines = texts["compose.yml"].split("\n");
        for (const [index, { name, style }] of layout.services.entries()) {
          const reference = references.find((each) => each.name === name);
          const wanted = those[index] ?? { repository: "", version: "" };
          expect(reference?.image).toBe(textOf(wanted));
          expect(lines[(reference?.line ?? 0) - 1]).toContain(wanted.repository);
          for (const { text, place } of reference?.segments ?? [])
            expect(texts[place.file === ".env" ? ".env" : "compose.yml"].slice(place.start, place.end)).toBe(text);
          expect(reference?.segments.at(-1)?.place.file).toBe(style === "env" ? ".env" : "compose.yml");
        }
      }),
      { numRuns: propertyRuns },
    );
  },
  propertyTimeoutMs,
);

test(
  "A change writes the letters of the image and not one byte more, and a second one nothing.",
  () => {
    fc.assert(
      fc.property(project, images, fc.nat(3), newVersion, (layout, those, pick, version) => {
        const { texts, changed, pointer, before, after } = changeOne(layout, those, pick, version);
        const replaced = replaceImage(find, sourceOf(texts), pointer, before, after);
        if (replaced.kind === "refused") throw new Error(replaced.text);
        const result = { ...texts, ...Object.fromEntries(replaced.texts) };
        expect(result).toEqual(changed);

        const versions = [version, those[pick % layout.services.length]?.version ?? ""];
        const asOthersRead = ({ "compose.yml": text }: typeof texts) =>
          withoutVersions(JSON.stringify(parse(maskShortForms(text), { merge: true })), versions);
        expect(asOthersRead(result)).toBe(asOthersRead(texts));

        const again = replaceImage(find, sourceOf(result), pointer, after, after);
        expect(again.kind === "replaced" && again.texts.size).toBe(0);
        if (before !== after)
          expect(replaceImage(find, sourceOf(result), pointer, before, after)).toMatchObject({ code: "moved" });
      }),
      { numRuns: propertyRuns },
    );
  },
  propertyTimeoutMs,
);

function withoutVersions(text: string, versions: readonly string[]): string {
  const longestFirst = versions.toSorted((a, b) => b.length - a.length);
  return longestFirst.reduce((rest, version) => rest.replaceAll(version, "VERSION"), text);
}

function changeOne(layout: TestProject, those: readonly TestImage[], pick: number, version: string) {
  const index = pick % layout.services.length;
  const service = layout.services[index];
  const old = those[index] ?? { repository: "", version: "" };
  const name = service?.name ?? "";
  const next = { ...old, version };
  return {
    texts: writeProject(layout, those),
    changed: writeProject(layout, those.with(index, next)),
    pointer: /^[\w-]+$/.test(name) ? `services.${name}.image` : `services[${JSON.stringify(name)}].image`,
    before: textOf(old),
    after: textOf(next),
  };
}
