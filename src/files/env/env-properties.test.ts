import fc from "fast-check";
import { expect, test } from "vitest";
import { image, type TestImage, tag } from "../../../test/files/compose-projects.ts";
import { sourceOf } from "../../../test/files/compose-source.ts";
import { propertyRuns, propertyTimeoutMs } from "../../../test/files/property-runs.ts";
import { replaceImage } from "../replace-image.ts";
import type { SourceText } from "../source-text.ts";
import { findInEnv } from "./find-in-env.ts";

const find = (source: SourceText) => findInEnv(".env", source);

type Write = (name: string, repository: string, version: string) => string;

const lines: readonly Write[] = [
  (name, repository, version) => `${name}=${repository}:${version}`,
  (name, repository, version) => `export ${name}=${repository}:${version}`,
  (name, repository, version) => ` \t${name} = ${repository}:${version}  # why 🚀`,
  (name, repository, version) => `${name}="${repository}:${version}" # "x"`,
  (name, repository, version) => `${name}='${repository}:${version}'`,
  (name, repository, version) => `${name}: ${repository}:${version}`,
  (name, repository, version) => `V_${name}=${version}\n${name}=${repository}:\${V_${name}}`,
  (name, repository, version) => `R_${name}='${repository}'\n${name}="\${R_${name}}:\${N:-${version}}"`,
];
const variable = fc.record({
  name: fc.constantFrom("WEB", "db_image", "A_9", "export_", "X1"),
  line: fc.constantFrom(...lines),
  policy: fc.constantFrom("# !tl ^!", "#!talos bump=minor", "\t# !TALOS\n# !tl @"),
  after: fc.constantFrom("", "\n# comment 🚀", "\nOTHER='a\nb # c'", "\n\nALONE"),
});
const layout = fc.record({
  variables: fc.uniqueArray(variable, { minLength: 1, maxLength: 4, selector: ({ name }) => name }),
  lineEnd: fc.constantFrom("\n", "\r\n"),
  byteOrderMark: fc.boolean(),
  finalNewline: fc.boolean(),
});
type Layout = typeof layout extends fc.Arbitrary<infer Value> ? Value : never;

function write({ variables, lineEnd, byteOrderMark, finalNewline }: Layout, images: readonly TestImage[]): string {
  const texts = variables.map(({ name, line, policy, after }, index) => {
    const { repository = "", version = "" } = images[index] ?? {};
    return `${line(name, repository, version)}\n${policy}${after}`;
  });
  const text = texts.join("\n").replaceAll("\n", lineEnd);
  return (byteOrderMark ? "\uFEFF" : "") + text + (finalNewline ? lineEnd : "");
}

test(
  "A change of an annotated variable writes the letters of the image and not one byte more.",
  () => {
    const images = fc.array(image, { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(layout, images, fc.nat(3), tag, (shape, those, pick, version) => {
        const index = pick % shape.variables.length;
        const name = shape.variables[index]?.name ?? "";
        const old = those[index] ?? { repository: "", version: "" };
        const text = write(shape, those);
        const { references, problems } = find(sourceOf({ ".env": text }));
        expect(problems).toEqual([]);
        expect(references.map(({ image: found }) => found)).toEqual(
          shape.variables.map((_, each) => `${those[each]?.repository}:${those[each]?.version}`),
        );
        for (const reference of references)
          expect(text.split("\n")[reference.line - 1]).toMatch(new RegExp(`^\\uFEFF?(export)?\\s*${reference.name}`));

        const next = `${old.repository}:${version}`;
        const source = sourceOf({ ".env": text });
        const replaced = replaceImage(find, source, name, `${old.repository}:${old.version}`, next);
        if (replaced.kind === "refused") throw new Error(replaced.text);
        const changed = replaced.texts.get(".env") ?? text;
        expect(changed).toBe(write(shape, those.with(index, { ...old, version })));
        const again = replaceImage(find, sourceOf({ ".env": changed }), name, next, next);
        expect(again.kind === "replaced" && again.texts.size).toBe(0);
      }),
      { numRuns: propertyRuns },
    );
  },
  propertyTimeoutMs,
);
