import { mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { describeWith } from "../parties/describe-with.ts";
import { dockerRegistry } from "../parties/docker-registry.ts";
import { talosUser } from "../run-talos.ts";

interface BrokenSetting {
  readonly title: string;
  readonly file?: string;
  readonly text?: string | Uint8Array;
  readonly environment?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** The one line. */
  readonly line: RegExp;
}

const registries = (domain: string) => `RegistrySettings:\n  Domains:\n    ghcr.io: ${domain}\n`;

const configurations: readonly BrokenSetting[] = [
  {
    title: "YAML that is none",
    text: "RegistrySettings: {\n",
    line: /^talos\.yaml:2:1: This is not valid YAML: .*\. \w+/,
  },
  {
    title: "tabs",
    text: "RegistrySettings:\n\tDomains: {}\n",
    line: /^talos\.yaml:2:1: A tab cannot indent YAML: use blanks\.$/,
  },
  {
    title: "JSON that is none",
    file: "talos.json",
    text: '{"RegistrySettings": {',
    line: /^talos\.json:1:23: this is not JSON: close brace/,
  },
  {
    title: "TOML that is none",
    file: "talos.toml",
    text: "[RegistrySettings\n",
    line: /^talos\.toml:1:18: this is not TOML: /,
  },
  { title: "a list", text: "- a\n", line: /^talos\.yaml: must hold sections such as ImageUpdateSettings, not a list/ },
  {
    title: "a text",
    text: "hello\n",
    line: /^talos\.yaml: must hold sections such as ImageUpdateSettings, not a text/,
  },
  {
    title: "an unknown section",
    text: "RegistrySetings: {}\n",
    line: /^RegistrySetings: .* did you mean `RegistrySettings`\? \(talos\.yaml:1\)/,
  },
  {
    title: "an unknown key",
    text: "RegistrySettings: {CacheDurations: 1h}\n",
    line: /^RegistrySettings\.CacheDurations: .* did you mean `CacheDuration`\? \(talos\.yaml:1\)/,
  },
  {
    title: "a key twice",
    text: "RegistrySettings: {}\nRegistrySettings: {}\n",
    line: /^RegistrySettings: is there twice; keep one \(talos\.yaml:2\)$/,
  },
  {
    title: "a list where one value is wanted",
    text: "RegistrySettings: {CacheDuration: [1]}\n",
    line: /^RegistrySettings\.CacheDuration: must be a single value, not a list \(talos\.yaml:1\)/,
  },
  {
    title: "no duration",
    text: "RegistrySettings: {CacheDuration: soon}\n",
    line: /must be a duration such as `15m`.* not `soon` \(talos\.yaml:1\)/,
  },
  {
    title: "no number",
    text: registries("{Concurrency: many}"),
    line: /^RegistrySettings\.Domains\["ghcr\.io"\]\.Concurrency: must be a whole number from 1 to 64, not `many` \(talos\.yaml:3\)/,
  },
  {
    title: "a secret's file that is not there",
    text: registries("{Username: a, Password: {File: gone.txt}}"),
    line: /Password: is to be read from .*gone\.txt, which does not exist \(talos\.yaml:3\)/,
  },
  {
    title: "a variable with an unknown name",
    environment: { RegistrySettings__Nothing: "1" },
    line: /^RegistrySettings\.Nothing: is not a setting; known are .* \(variable RegistrySettings__Nothing\)/,
  },
  {
    title: "a variable with a wrong value",
    environment: { RegistrySettings__CacheDuration: "soon" },
    line: /not `soon` \(variable RegistrySettings__CacheDuration\)/,
  },
  {
    title: "a variable's file that is not there",
    environment: { RegistrySettings__CacheDuration__FILE: "/nowhere" },
    line: /read from \/nowhere, which does not exist \(variable RegistrySettings__CacheDuration__FILE\)/,
  },
  {
    title: "a file that was named and is not there",
    args: ["--config", "gone.yaml"],
    line: /^gone\.yaml: this file does not exist/,
  },
];

test.each(configurations)("A configuration with $title is told in one line, and nothing is done.", async (broken) => {
  const { file = "talos.yaml", text, environment = {}, args = [], line } = broken;
  await using user = await talosUser();
  await user.home.write({ "stacks/compose.yml": "services: {}\n", ...(text === undefined ? {} : { [file]: text }) });
  const run = await user.run(["plan", "stacks", ...args], { environment });
  expect(run).toMatchObject({ status: 1, stdout: "" });
  const lines = run.stderr.trimEnd().split("\n");
  expect(lines).toEqual([
    "talos: the configuration is wrong",
    expect.stringMatching(/^ {2}\S/),
    "  talos config schema lists every setting",
  ]);
  expect(lines[1]?.trim()).toMatch(line);
  const checked = await user.run(["config", "check", ...args], { environment });
  expect(checked).toEqual({ status: 1, stdout: `${lines[1]?.trim()}\n`, stderr: "" });
});

test("All faults of a configuration are told at once.", async () => {
  await using user = await talosUser();
  await user.home.write({ "talos.yaml": "RegistrySettings: {CacheDuration: soon, Domain: {}}\nNothing: 1\n" });
  const { status, stdout } = await user.run(["config", "check"]);
  expect(status).toBe(1);
  expect(stdout.trimEnd().split("\n")).toHaveLength(3);
});

const yamlRule = (rule: string) => `Glob:\n  DockerCompose: {}\n  Yaml:\n    - ${rule}\n`;

describeWith(["docker-registry"], "a .talos.yaml", () => {
  const cases: readonly (readonly [title: string, text: string, reason: RegExp])[] = [
    ["an unknown key", "Globs: {}\n", /^line 1, column 1: Globs: .*did you mean `Glob`/],
    ["a wrong OptIn", "OptIn: Some\n", /^line 1, column 8: OptIn: must be Annotated or All, not `Some`/],
    ["a wrong default", "Defaults: {bump: huge}\n", /^line 1, column 18: Defaults: `bump` must be .*not `huge`/],
    [
      "a sync group as default",
      "Defaults: {sync: {}}\n",
      /^line 1, column 12: Defaults: `sync` belongs beside an image/,
    ],
    [
      "a path that is none",
      yamlRule('{IncludeGlobs: [a.yaml], RelativeImagePath: "/spec/[0"}'),
      /^line 4, column \d+: Glob\.Yaml\[0\]\.RelativeImagePath: is not a YAML path: character 7: .*add \]/,
    ],
    [
      "a glob that leads out",
      "Glob: {Dockerfile: {IncludeGlobs: ['../*']}}\n",
      /^line 1, column \d+: Glob\.Dockerfile\.IncludeGlobs\[0\]: .*leads out/,
    ],
    ["a text for a section", "Glob: all\n", /^line 1, column 7: Glob: must be a section with keys/],
    ["YAML that is none", "Glob: {\n", /^line 2, column 1: This is not valid YAML: .*\. \w+/],
    ["a NUL byte", "Glob: \0\n", /NUL/],
  ];

  test("with a fault is told by line and column, and the images are decided by the defaults", async () => {
    await using registry = await dockerRegistry();
    await registry.push({ repository: "web", tags: ["1.0.0", "1.0.1"] });
    await using user = await talosUser();
    for (const [title, text, reason] of cases) {
      await user.home.write({
        "stacks/.talos.yaml": text,
        "stacks/compose.yml": `services: {a: {image: "${registry.host}/web:1.0.0", x-tl: "^!"}}`,
      });
      const { document, status } = await user.plan(["plan", "stacks"]);
      expect(status, title).toBe(3);
      const [first, ...others] = document.references.filter(({ file }) => file === ".talos.yaml");
      expect(others, title).toEqual([]);
      expect(first, title).toMatchObject({ verdict: "unknown", reasons: [{ code: "file-invalid" }] });
      expect(first?.reasons[0]?.text, title).toMatch(reason);
      expect(document.summary, title).toMatchObject({ update: 1, unknown: 1 });
    }
  });
});

test("Links out of the folder, in a circle and to nothing are one line each, and a folder of a file's name is none.", async () => {
  await using user = await talosUser();
  const folder = join(user.home.path, "stacks");
  await user.home.write({
    "outside.yml": 'services: {a: {image: "web:1", x-tl: "+!"}}',
    "stacks/good/compose.yml": 'services: {a: {image: "web:1"}}',
  });
  for (const [name, target] of [
    ["out", join(user.home.path, "outside.yml")],
    ["circle", "compose.yml"],
    ["nothing", "nowhere.yml"],
  ] as const) {
    await mkdir(join(folder, name));
    await symlink(target, join(folder, name, "compose.yml"));
  }
  await mkdir(join(folder, "folder/compose.yml"), { recursive: true });
  const { document, status } = await user.plan(["plan", "stacks"]);
  expect(status).toBe(3);
  expect(document.references.map(({ file, reasons }) => `${file}: ${reasons[0]?.text}`)).toEqual([
    "circle/compose.yml: The symbolic links lead in a circle.",
    "good/compose.yml: no x-talos or x-tl beside it",
    "nothing/compose.yml: The file is not there: add it, or remove what names it.",
    "out/compose.yml: The file is a symbolic link that leads out of the folder; it is not followed.",
  ]);
});
