import fc from "fast-check";

/** An image in the two pieces that styles put into different places. */
export interface TestImage {
  readonly repository: string;
  /** The tag, perhaps with a digest. */
  readonly version: string;
}

const digest = fc.constantFrom(`sha256:${"a".repeat(64)}`, `sha256:${"0f".repeat(32)}`);
const version = fc.tuple(
  fc.constantFrom("", "v"),
  fc.nat(99),
  fc.nat(99),
  fc.constantFrom("", "-alpine", "-rc.1", "_2"),
);
export const tag = version.map(([prefix, major, minor, suffix]) => `${prefix}${major}.${minor}${suffix}`);
const repository = fc.constantFrom(
  "nginx",
  "ghcr.io/some-body/app_1",
  "localhost:5000/a/b",
  "registry.example.com/x.y",
);
export const image: fc.Arbitrary<TestImage> = fc.record({
  repository,
  version: fc.oneof(
    tag,
    fc.tuple(tag, digest).map(([name, hash]) => `${name}@${hash}`),
  ),
});

const styles = [
  "plain",
  "double",
  "single",
  "folded",
  "literal",
  "flow",
  "json",
  "alias",
  "merge",
  "extends",
  "default",
  "env",
] as const;

const service = fc.record({
  name: fc.constantFrom("web", "db", "web.api", "a-b_c", "ünï 🚀", "9", "image", "services"),
  style: fc.constantFrom(...styles),
  policy: fc.constantFrom("", "x-tl: ~", "x-tl: @:!!!! # 🚀", "x-tl: '+:'", "x-talos: {bump: minor}"),
  before: fc.subarray(["# image: no:1", "ports: ['80:80']", "command: >\n  image: no:1", "labels: {a: '🚀 # x'}", ""]),
  after: fc.subarray(["# after", "environment:\n- A=${B}\n- 'image: no:1'", 'x-note: "image: no:1"']),
  comment: fc.constantFrom("", " # 🚀 comment", "\t# tab"),
  blanks: fc.integer({ min: 1, max: 4 }),
  envLine: fc.constantFrom("@=#", "export @='#' # why", '@ = "#"', "@: #  # 🚀"),
});

/** A compose project without its images: how it is laid out, and which services it has. */
export const project = fc.record({
  services: fc.uniqueArray(service, { minLength: 1, maxLength: 4, selector: ({ name }) => name }),
  indent: fc.integer({ min: 1, max: 7 }),
  lineEnd: fc.constantFrom("\n", "\r\n"),
  byteOrderMark: fc.boolean(),
  finalNewline: fc.boolean(),
  start: fc.constantFrom("", "---", "# 🚀", "name: x", "volumes:", "%YAML 1.2\n---"),
});
export type TestProject = typeof project extends fc.Arbitrary<infer Value> ? Value : never;
type TestService = TestProject["services"][number];

/** The texts of a project with these images in it. Two projects that differ in an image differ in its letters only. */
export function writeProject(
  project: TestProject,
  images: readonly TestImage[],
): Record<"compose.yml" | ".env", string> {
  const { indent, lineEnd, byteOrderMark, finalNewline, start } = project;
  const written = project.services.map((each, index) => writeService(each, `v${index}`, images[index]));
  const block = (text: string, depth: number) => text.replaceAll(/^(?=.)/gm, " ".repeat(indent * depth));
  const top = written.map(({ above }) => above).filter((text) => text !== "");
  const bodies = written.map(({ key, body, beside }) => `${key}\n${block(body, 1)}${beside}`);
  const finish = (lines: readonly string[]) =>
    (byteOrderMark ? "\uFEFF" : "") + lines.join("\n").replaceAll("\n", lineEnd) + (finalNewline ? lineEnd : "");
  return {
    "compose.yml": finish([start, ...top, "services: # all of them", block(bodies.join("\n"), 1)]),
    ".env": finish(["# variables", ...written.map(({ env }) => env), "LAST='one'"]),
  };
}

interface WrittenService {
  readonly above: string;
  readonly key: string;
  readonly body: string;
  /** More services. */
  readonly beside: string;
  readonly env: string;
}

function writeService(each: TestService, id: string, testImage: TestImage | undefined): WrittenService {
  const { repository: name = "", version: suffix = "" } = testImage ?? {};
  const text = `${name}:${suffix}`;
  const gap = " ".repeat(each.blanks);
  const line = (value: string) => `image:${gap}${value}${each.comment}`;
  const own = (value: string) =>
    [...each.before, value, each.policy, ...each.after].filter((part) => part !== "").join("\n");
  const written = { above: "", key: `${JSON.stringify(each.name)}: # service`, beside: "", env: "OTHER=1" };
  switch (each.style) {
    case "plain":
      return { ...written, body: own(line(text)) };
    case "double":
      return { ...written, body: own(line(`"${text}"`)) };
    case "single":
      return { ...written, body: own(line(`'${text}'`)) };
    case "folded":
      return { ...written, body: own(`image:${gap}>-\n${gap}${text}`) };
    case "literal":
      return { ...written, body: own(`image: |- # 🚀\n${gap}${text}`) };
    case "flow":
      return {
        ...written,
        key: `${JSON.stringify(each.name)}:`,
        body: `{ports: [80],${gap}image: ${text}, x-tl: @:!! }`,
      };
    case "json":
      return { ...written, key: `${JSON.stringify(each.name)}:`, body: `{"image":${gap}"${text}",\n"x-tl": "~"}` };
    case "alias":
      return { ...written, above: `x-${id}: &${id} ${text}`, body: own(line(`*${id}`)) };
    case "merge":
      return { ...written, above: `x-${id}: &${id}\n    image: ${text}`, body: own(`<<: [*${id}]`) };
    case "extends":
      return {
        ...written,
        body: own("extends: {service: base-" + id + "}"),
        beside: `\nbase-${id}: {image: '${text}'}`,
      };
    case "default":
      return { ...written, body: own(line(`"${name}:\${NONE_${id}:-${suffix}}"`)) };
    case "env":
      return {
        ...written,
        body: own(line(`${name}:\${${id}}`)),
        env: each.envLine.replace("@", id).replace("#", () => suffix),
      };
  }
}
