import fc from "fast-check";
import { expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { expectOneChange } from "../../../test/files/expect-one-change.ts";
import { propertyRuns, propertyTimeoutMs } from "../../../test/files/property-runs.ts";
import type { FileFindings } from "../found-reference.ts";
import type { SourceText } from "../source-text.ts";
import { findInYaml, type YamlRule } from "./find-in-yaml.ts";
import { parseYamlPath, type YamlPath } from "./yaml-path.ts";

/** A file as pieces: plain text, and the texts of images by number. */
interface Model {
  readonly pieces: readonly (string | number)[];
  readonly images: readonly Image[];
}

interface Image {
  readonly pointer: string;
  readonly image: string;
  readonly next: string;
}

const rules: readonly YamlRule[] = [
  { ancestorPath: path("/spec/*"), relativeImagePath: path("/image"), relativeTalosPath: path("/haondt.dev\\/talos") },
];

function path(text: string): YamlPath {
  const reading = parseYamlPath(text);
  if (reading.kind === "invalid") throw new Error(reading.text);
  return reading.path;
}

const digest = `@sha256:${"fedcba9876543210".repeat(4)}`;
const policy = fc.constantFrom(
  "^!",
  "~",
  "'+:!'",
  '"x"',
  "@:!!",
  "{ bump: minor }",
  "{ skip: false, allow: [a, /b/] }",
  "",
);
const item = fc.record({
  style: fc.constantFrom(
    "plain",
    "single",
    "double",
    "folded",
    "literal",
    "below",
    "anchor",
    "alias",
    "flow",
    "json",
    "tag",
  ),
  policy,
  isPolicyFirst: fc.boolean(),
  comment: fc.constantFrom("", "", " # image: x:1 🐳"),
  between: fc.constantFrom("", "# größe 🐳\n", "\n\n", "      # indented\n"),
  tag: fc.constantFrom("1.25.3", "latest", "v1-alpine"),
});
type Item = typeof item extends fc.Arbitrary<infer Choice> ? Choice : never;

const manifest = fc.record({
  items: fc.array(item, { minLength: 1, maxLength: 3 }),
  isList: fc.boolean(),
  indent: fc.constantFrom("  ", "    ", "   "),
});

const model = fc
  .record({
    manifests: fc.array(manifest, { minLength: 1, maxLength: 2 }),
    isCrlf: fc.boolean(),
    hasMark: fc.boolean(),
    endsWithNewline: fc.boolean(),
  })
  .map(({ manifests, isCrlf, hasMark, endsWithNewline }): Model => {
    const images: Image[] = [];
    const pieces: (string | number)[] = [hasMark ? "\uFEFF" : ""];
    for (const [document, { items, isList, indent }] of manifests.entries()) {
      pieces.push(document === 0 ? "" : "---\n", `kind: Thing\nmetadata:\n  name: thing-${document}\n`);
      const written = items.map((choice, index) => writeItem(choice, { document, index, isList, indent, images }));
      pieces.push(...written.flatMap(({ above }) => above), "spec:\n", ...written.flatMap(({ own }) => own));
    }
    if (!endsWithNewline) pieces.push(String(pieces.pop()).replace(/\n$/, ""));
    const withEnds = pieces.map((piece) =>
      typeof piece === "string" && isCrlf ? piece.replaceAll("\n", "\r\n") : piece,
    );
    return { pieces: withEnds, images };
  });

interface Home {
  readonly document: number;
  readonly index: number;
  readonly isList: boolean;
  readonly indent: string;
  readonly images: Image[];
}

function writeItem(choice: Item, { document, index, isList, indent, images }: Home) {
  const id = images.length;
  const repository = `ghcr.io/repo${id}`;
  const key = isList ? String(index) : `item.${index}`;
  images.push({
    pointer: `${document}/spec/${key}/image`,
    image: `${repository}:${choice.tag}`,
    next: `${repository}:9.9.9${digest}`,
  });
  const pad = `${indent}    `;
  const open = isList ? `${indent}-` : `${indent}item.${index}:`;
  const talos = choice.policy === "" ? "" : `haondt.dev/talos: ${choice.policy}`;
  if (choice.style === "flow" || choice.style === "json") return writeFlow(choice, id, open);
  const image = [`${pad}image:`, ...writeImage(choice, id, pad)];
  const policyLine = talos === "" ? "" : `${pad}${talos}\n`;
  const body = choice.isPolicyFirst ? [policyLine, ...image] : [...image, policyLine];
  const above = choice.style === "alias" ? [`base${id}: &base${id} "`, id, '"\n'] : [];
  return { above, own: [`${open}\n`, choice.between, ...body] };
}

function writeFlow({ style, policy: written, between }: Item, id: number, open: string) {
  const quote = style === "json" ? '"' : "";
  const talos = written === "" || written.startsWith("@") ? "" : `, ${quote}haondt.dev/talos${quote}: ${written}`;
  return { above: [], own: [between, `${open} { ${quote}image${quote}: "`, id, `"${talos} }\n`] };
}

function writeImage({ style, comment }: Item, id: number, pad: string): readonly (string | number)[] {
  switch (style) {
    case "single":
      return [" '", id, `'${comment}\n`];
    case "double":
      return ['   "', id, `"${comment}\n`];
    case "folded":
      return [` >-${comment}\n${pad}  `, id, "\n"];
    case "literal":
      return [` |${comment}\n${pad}  `, id, "\n"];
    case "below":
      return [`${comment}\n${pad}  `, id, "\n"];
    case "anchor":
      return [` &own${id} `, id, `${comment}\n${pad}copy: *own${id}\n`];
    case "alias":
      return [` *base${id}${comment}\n`];
    case "tag":
      return [" !!str ", id, `${comment}\n`];
    case "plain":
    case "flow":
    case "json":
      return [" ", id, `${comment}\n`];
  }
}

function render({ pieces, images }: Model, changed: number | undefined): string {
  return pieces
    .map((piece) =>
      typeof piece === "string" ? piece : piece === changed ? images[piece]?.next : images[piece]?.image,
    )
    .join("");
}

/** What another reader of the whole file sees. */
function read(text: string): string {
  return JSON.stringify(parseAllDocuments(text).map((document) => document.toJS()));
}

/** The same text is asked for several times in one run. */
function findOnce() {
  const known = new Map<string, FileFindings>();
  return (sourceText: SourceText): FileFindings => {
    const file = sourceText("a.yaml");
    const text = file.kind === "text" ? file.text : "";
    const findings = known.get(text) ?? findInYaml("a.yaml", sourceText, rules);
    known.set(text, findings);
    return findings;
  };
}

test(
  "of every manifest all images are found, and changing one changes nothing else",
  () => {
    fc.assert(
      fc.property(model, fc.nat(), (generated, choice) => {
        const file = {
          path: "a.yaml",
          images: generated.images,
          render: (changed: number | undefined) => render(generated, changed),
        };
        const { text, wanted, changed } = expectOneChange(file, choice, findOnce());
        expect(read(wanted)).toBe(read(text).replaceAll(changed.image, changed.next));
      }),
      { numRuns: propertyRuns },
    );
  },
  propertyTimeoutMs,
);

test(
  "no text makes the finder fail",
  () => {
    const word = fc.constantFrom(
      "spec",
      "image",
      ": ",
      "\n",
      "  ",
      "- ",
      "{",
      "}",
      "[",
      "]",
      "&a ",
      "*a",
      '"',
      "'",
      "---\n",
      "|",
      "@",
      "#",
      ",",
      "\t",
      "!!",
      "? ",
      "<<",
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), (words) => {
        const text = `spec: ${words.join("")}`;
        const { references, problems } = findInYaml("a.yaml", () => ({ kind: "text", text }), rules);
        expect(new Set(references.map(({ pointer }) => pointer)).size).toBe(references.length);
        for (const problem of problems) expect(problem.text).not.toContain("\n");
      }),
      { numRuns: propertyRuns },
    );
  },
  propertyTimeoutMs,
);

test(
  "no text makes a path fail",
  () => {
    const word = fc.constantFrom(
      "/",
      ".",
      "[",
      "]",
      "*",
      "**",
      "a",
      "'",
      '"',
      "\\",
      "&",
      "=",
      "=~",
      "(",
      ")",
      "!",
      "parent()",
      "name()",
      "max(a)",
      ":",
      "1",
      "-",
    );
    const text = "a: { a: [1, { a: 1 }], b: &a 2 }\nspec: [{ a: 1 }]\n";
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), (words) => {
        const reading = parseYamlPath(words.join(""));
        if (reading.kind === "invalid") expect(reading.text).toMatch(/^[^\n]+\.$/);
        else findInYaml("a.yaml", () => ({ kind: "text", text }), [{ ancestorPath: reading.path }]);
      }),
      { numRuns: propertyRuns },
    );
  },
  propertyTimeoutMs,
);
