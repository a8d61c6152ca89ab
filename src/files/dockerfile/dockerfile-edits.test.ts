import fc from "fast-check";
import { expect, test } from "vitest";
import { expectOneChange } from "../../../test/files/expect-one-change.ts";
import { propertyRuns, propertyTimeoutMs } from "../../../test/files/property-runs.ts";
import { findInDockerfile } from "./find-in-dockerfile.ts";

/** A Dockerfile as pieces: plain text, and the texts that an update of one image changes. */
interface Model {
  readonly pieces: readonly (string | Changing)[];
  readonly images: readonly { readonly pointer: string; readonly image: string; readonly next: string }[];
}

interface Changing {
  readonly image: number;
  readonly text: string;
  readonly next: string;
}

const digest = `@sha256:${"0123456789abcdef".repeat(4)}`;
const blanks = fc.constantFrom(" ", "  ", "\t", " \t ");
const indent = fc.constantFrom("", "", " ", "\t", "    ");
const anyCase = (word: string) =>
  fc.constantFrom(word, word.toLowerCase(), word.charAt(0) + word.slice(1).toLowerCase());
const noise = fc.constantFrom(
  "",
  "",
  "# a comment 🐳 FROM nowhere:1",
  "\t# indented",
  "RUN echo FROM x:1 \\\n# inside\n\n  && true",
  "RUN <<EOF\nFROM x:1\n# !talos bump=minor\nEOF",
  "COPY <<-'A' <<B /x/\nFROM x:1\n\tA\nCOPY --from=y z\nB",
  'CMD ["nginx", "-g", "daemon off; <<EOF"]',
  "ENV A=b\\ c D='e f'",
  "LABEL x=größe",
);
const tag = fc.constantFrom("1.25.3", "latest", "v2-alpine", "2026.01.0", "20.04_1");
const form = fc.constantFrom(
  "plain",
  "quoted",
  "continued",
  "argument",
  "default",
  "whole",
  "copy",
  "mount",
  "onbuild",
);
const stage = fc.record({
  form,
  tag,
  blank: blanks,
  indent,
  from: anyCase("FROM"),
  as: anyCase("AS"),
  isNamed: fc.boolean(),
  platform: fc.constantFrom("", "--platform=linux/amd64 ", "--platform=$BUILDPLATFORM "),
  registry: fc.constantFrom("", "ghcr.io/", "localhost:5000/a/"),
  quote: fc.constantFrom("'", '"'),
  before: noise,
  below: fc.constantFrom("", "# !talos bump=minor", "  #!tl +!", "# !talos bump=major\n# !talos skip=false"),
});
type StageChoice = typeof stage extends fc.Arbitrary<infer Choice> ? Choice : never;

const model = fc
  .record({
    stages: fc.array(stage, { minLength: 1, maxLength: 5 }),
    isCrlf: fc.boolean(),
    hasMark: fc.boolean(),
    endsWithNewline: fc.boolean(),
    escape: fc.constantFrom("\\", "`"),
  })
  .map(({ stages, isCrlf, hasMark, endsWithNewline, escape }): Model => {
    const built = stages.map(buildStage);
    const head = `${hasMark ? "\uFEFF" : ""}${escape === "`" ? "# escape=`\n" : ""}`;
    const pieces = [head, ...built.flatMap(({ above }) => above), ...built.flatMap(({ own }) => own)].map((piece) => {
      if (typeof piece !== "string") return piece;
      const escaped = escape === "`" ? piece.replaceAll("\\\n", "`\n") : piece;
      return isCrlf ? escaped.replaceAll("\n", "\r\n") : escaped;
    });
    if (endsWithNewline) pieces.push(isCrlf ? "\r\n" : "\n");
    return { pieces, images: built.map((one) => one.image) };
  });

function buildStage(choice: StageChoice, index: number) {
  const { blank } = choice;
  const repository = `${choice.registry}repo${index}`;
  const image = `${repository}:${choice.tag}`;
  const next = `${repository}:9.9${digest}`;
  const whole: Changing = { image: index, text: image, next };
  const version: Changing = { image: index, text: choice.tag, next: `9.9${digest}` };
  const before = index === 0 && /^\w/.test(choice.before) ? "" : choice.before;
  const from = `\n${before}\n${choice.indent}${choice.from}${blank}${choice.platform}`;
  const name = choice.isNamed ? `stage-${index}` : String(index);
  const end = `${choice.isNamed ? `${blank}${choice.as}${blank}stage-${index}` : ""}${blank}\n${choice.below}`;
  const scratch = `${from}scratch${choice.isNamed ? ` AS stage-${index}` : ""}\n`;
  const written = { image: { pointer: `stages.${name}`, image, next } };
  const borrowed = (kind: string) => ({ image: { pointer: `stages.${name}.${kind}.0`, image, next } });
  switch (choice.form) {
    case "plain":
      return { above: [], own: [from, whole, end], ...written };
    case "quoted":
      return { above: [], own: [`${from}${choice.quote}`, whole, `${choice.quote}${end}`], ...written };
    case "continued":
      return { above: [], own: [`${from}\\\n# x\n\n  `, whole, choice.isNamed ? ` \\\n ${end}` : end], ...written };
    case "argument":
      return {
        above: [`ARG X${index}=1 \\\n  V${index}=${choice.quote}`, version, `${choice.quote}\n`],
        own: [`${from}${repository}:\${V${index}}${end}`],
        ...written,
      };
    case "default":
      return { above: [`ARG V${index}\n`], own: [`${from}\${V${index}:-`, whole, `}${end}`], ...written };
    case "whole":
      return { above: [`ARG V${index}=`, whole, "\n"], own: [`${from}"$V${index}"${end}`], ...written };
    case "copy":
      return {
        above: [],
        own: [`${scratch}COPY --chown=1 --from=`, whole, ` /a /b\n${choice.below}`],
        ...borrowed("copy"),
      };
    case "mount":
      return {
        above: [],
        own: [`${scratch}run --mount=type=bind,from=`, whole, `,target=/x make\n${choice.below}`],
        ...borrowed("mount"),
      };
    case "onbuild":
      return { above: [], own: [`${scratch}ONBUILD copy --from="`, whole, `" /a /b\n`], ...borrowed("copy") };
  }
}

function render({ pieces }: Model, changed: number | undefined): string {
  return pieces
    .map((piece) => (typeof piece === "string" ? piece : piece.image === changed ? piece.next : piece.text))
    .join("");
}

test(
  "of every Dockerfile all images are found, and changing one changes nothing else",
  () => {
    fc.assert(
      fc.property(model, fc.nat(), (generated, choice) => {
        const file = {
          path: "a/Dockerfile",
          images: generated.images,
          render: (changed: number | undefined) => render(generated, changed),
        };
        expectOneChange(file, choice, (sourceText) => findInDockerfile("a/Dockerfile", sourceText));
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
      "FROM",
      "ARG",
      "RUN",
      "<<E",
      "E",
      "\\",
      "\n",
      " ",
      "$",
      "${",
      ":-",
      "}",
      '"',
      "'",
      "a:1",
      "--from=",
      "COPY",
      "#",
      "=",
      "\r",
      "--mount=",
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), (words) => {
        const { references } = findInDockerfile("Dockerfile", () => ({ kind: "text", text: words.join("") }));
        expect(new Set(references.map(({ pointer }) => pointer)).size).toBe(references.length);
      }),
      { numRuns: propertyRuns },
    );
  },
  propertyTimeoutMs,
);
