import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { openSqliteStore } from "../../src/store/sqlite-store.ts";
import type { PlanDocument, PlannedReference } from "../../src/updates/plan-document.ts";
import { describeWith } from "../parties/describe-with.ts";
import { type DockerRegistry, dockerRegistry } from "../parties/docker-registry.ts";
import { findProgram } from "../parties/find-program.ts";
import { type TalosUser, talosUser } from "../run-talos.ts";

interface Scene extends AsyncDisposable {
  readonly user: TalosUser;
  /** Writes files below `stacks`, with HOST replaced, and plans them. */
  plan(files: Readonly<Record<string, string>>, ...options: readonly string[]): Promise<PlanDocument>;
  read(file: string): Promise<string>;
}

/** One for all tests: nothing here changes it after this. */
let registry: DockerRegistry;

/** web and worker at 1.0.0, 1.0.1, 1.1.0 and 2.0.0; the worker lacks 1.1.0. */
beforeAll(async () => {
  if (findProgram("docker-registry") === undefined) return;
  registry = await dockerRegistry();
  for (const tag of ["1.0.0", "1.0.1", "1.1.0", "2.0.0"]) {
    await registry.push({ repository: "web", tags: [tag], content: tag });
    if (tag !== "1.1.0") await registry.push({ repository: "worker", tags: [tag], content: `worker ${tag}` });
  }
  await registry.push({ repository: "library/redis", tags: ["7.2.0", "7.2.1"] });
  return () => registry[Symbol.asyncDispose]();
});

async function openScene(): Promise<Scene> {
  const user = await talosUser();
  return {
    user,
    async plan(files, ...options) {
      const placed = Object.entries(files).map(([path, text]) => [
        `stacks/${path}`,
        text.replaceAll("HOST", registry.host),
      ]);
      await user.home.write(Object.fromEntries(placed));
      return (await user.plan(["plan", "stacks", ...options])).document;
    },
    read: (file) => readFile(join(user.home.path, "stacks", file), "utf8"),
    [Symbol.asyncDispose]: user[Symbol.asyncDispose],
  };
}

/** `push 1.0.1, prompt 2.0.0`, or the verdict with its reasons. */
function outcome({ verdict, proposals, reasons }: PlannedReference): string {
  if (proposals.length === 0) return `${verdict} ${reasons.map(({ code }) => code).join(" ")}`;
  return proposals.map(({ strategy, to }) => `${strategy} ${/:([^:@]+)(@|$)/.exec(to)?.[1]}`).join(", ");
}

function outcomes({ references }: PlanDocument): readonly string[] {
  return references.map((reference) => `${reference.name}: ${outcome(reference)}`);
}

function service(policy: string, image = "HOST/web:1.0.0"): Readonly<Record<string, string>> {
  return { "compose.yml": `services:\n  a:\n    image: ${image}\n    ${policy}\n` };
}

describeWith(["docker-registry"], "what a policy lets through", () => {
  test.each([
    { policy: 'x-tl: "+!"', expected: "push 2.0.0" },
    { policy: 'x-tl: "^!"', expected: "push 1.1.0" },
    { policy: 'x-tl: "~!"', expected: "push 1.0.1" },
    { policy: 'x-tl: "@!"', expected: "push 1.0.0" },
    {
      policy: "x-talos: {bump: major, strategy: {patch: push, minor: skip, major: prompt}}",
      expected: "prompt 2.0.0, push 1.0.1",
    },
    { policy: "x-talos: {bump: major, strategy: push, ignore: 2.0.0}", expected: "push 1.1.0" },
    { policy: "x-talos: {bump: major, strategy: push, allow: /^1\\.0/}", expected: "push 1.0.1" },
    { policy: "x-talos: {bump: major, strategy: push, allow: <1.1}", expected: "push 1.0.1" },
    {
      policy: "x-talos: {bump: major, strategy: push, pin: no, ignore: [1.x, 2.x]}",
      expected: "current ignored-tag",
    },
    { policy: "x-talos: {bump: digest, pin: false}", expected: "current above-bump" },
    { policy: "x-talos: {skip: yes}", expected: "skipped policy" },
    { policy: "x-tl: x", expected: "skipped policy" },
    { policy: "x-other: 1", expected: "skipped not-opted-in" },
    { policy: "build: .", expected: "skipped built-here" },
  ])("$policy: $expected", async ({ policy, expected }) => {
    await using scene = await openScene();
    expect(outcomes(await scene.plan(service(policy)))).toEqual([`a: ${expected}`]);
  });

  test("is wider with --bump and --all, and narrower with --only", async () => {
    await using scene = await openScene();
    const files = {
      "media/compose.yml": 'services: {a: {image: "HOST/web:1.0.0", x-tl: "~!"}, b: {image: "HOST/worker:1.0.0"}}',
      "other/compose.yml": 'services: {c: {image: "HOST/web:1.0.0"}}',
    };
    expect(outcomes(await scene.plan(files))).toEqual([
      "a: push 1.0.1",
      "b: skipped not-opted-in",
      "c: skipped not-opted-in",
    ]);
    expect(outcomes(await scene.plan(files, "--bump", "minor"))[0]).toBe("a: push 1.1.0");
    const all = await scene.plan(files, "--all");
    expect(outcomes(all)).toEqual(["a: push 1.0.1", "b: notify 2.0.0", "c: notify 2.0.0"]);
    expect(outcomes(await scene.plan(files, "--only", "media/**"))).toHaveLength(2);
    expect(outcomes(await scene.plan(files, "--only", "c", "--only", "b"))).toHaveLength(2);
    expect(outcomes(await scene.plan(files, "--only", "*worker*"))).toEqual(["b: skipped not-opted-in"]);
    expect(outcomes(await scene.plan(files, "--only", "web"))).toHaveLength(2);
  });

  test("may be set for a repository and a kind of file in .talos.yaml", async () => {
    await using scene = await openScene();
    const files = {
      ".talos.yaml":
        "OptIn: All\nDefaults: {bump: minor, strategy: prompt}\nGlob:\n  DockerCompose: {Defaults: {strategy: push}}\n  Dockerfile: {OptIn: Annotated}\n",
      "compose.yml": 'services: {a: {image: "HOST/web:1.0.0"}, b: {image: "HOST/web:1.0.0", x-talos: {bump: patch}}}',
      Dockerfile: "FROM HOST/web:1.0.0 AS c\nFROM HOST/web:1.0.0 AS d\n# !talos pin=false\n",
    };
    expect(outcomes(await scene.plan(files)).toSorted()).toEqual([
      "a: push 1.1.0",
      "b: push 1.0.1",
      "c: skipped not-opted-in",
      "d: prompt 1.1.0",
    ]);
  });
});

describeWith(["docker-registry"], "what apply writes", () => {
  const files = service("x-talos: {bump: major, pin: false, strategy: {patch: push, minor: notify, major: prompt}}");

  test.each([
    { options: [], expected: "web:1.0.1" },
    { options: ["--strategy", "push,prompt"], expected: "web:2.0.0" },
    { options: ["--strategy", "notify"], expected: "web:1.0.0" },
    { options: ["--bump", "patch", "--strategy", "push,prompt"], expected: "web:1.0.1" },
    { options: ["--only", "nobody"], expected: "web:1.0.0" },
  ])("with $options is $expected", async ({ options, expected }) => {
    await using scene = await openScene();
    await scene.plan(files);
    expect((await scene.user.run(["apply", "stacks", ...options])).status).toBe(0);
    expect(await scene.read("compose.yml")).toContain(`${registry.host}/${expected}\n`);
  });

  test("with --all takes images that have not opted in", async () => {
    await using scene = await openScene();
    await scene.plan(service("x-other: 1"));
    await scene.user.run(["apply", "stacks", "--all"]);
    expect(await scene.read("compose.yml")).toMatch(/web:2\.0\.0@sha256:[0-9a-f]{64}\n/);
  });

  test("is the full form of a reference only where that is configured", async () => {
    await using scene = await openScene();
    const { host } = registry;
    const domains = { "docker.io": { Endpoint: `http://${host}` } };
    await scene.user.home.write({ "talos.json": JSON.stringify({ RegistrySettings: { Domains: domains } }) });
    const redis = service("x-talos: {bump: minor, strategy: push, pin: no}", "redis:7.2.0");
    await scene.plan(redis);
    await scene.user.run(["apply", "stacks"]);
    expect(await scene.read("compose.yml")).toContain("image: redis:7.2.1\n");

    const settings = { RegistrySettings: { Domains: domains }, ImageParserSettings: { WriteFullReference: true } };
    await scene.user.home.write({ "talos.json": JSON.stringify(settings) });
    await scene.plan(redis);
    await scene.user.run(["apply", "stacks"]);
    expect(await scene.read("compose.yml")).toContain("image: docker.io/library/redis:7.2.1\n");
  });
});

describeWith(["docker-registry"], "a text that several images share", () => {
  test("is edited once at its anchor when all agree", async () => {
    await using scene = await openScene();
    const text = (second: string) =>
      `x-image: &image HOST/web:1.0.0\nservices:\n  a: {image: *image , x-tl: "^!"}\n  b: {image: *image , x-tl: "${second}"}\n`;
    const agreed = await scene.plan({ "compose.yml": text("^!") });
    expect(outcomes(agreed)).toEqual(["a: push 1.1.0", "b: push 1.1.0"]);
    await scene.user.run(["apply", "stacks"]);
    const after = await scene.read("compose.yml");
    expect(after.match(/web:/g)).toHaveLength(1);
    expect(after).toMatch(/^x-image: &image \S+\/web:1\.1\.0@sha256:[0-9a-f]{64}\n/);

    const disagreed = await scene.plan({ "compose.yml": text("~!") });
    expect(outcomes(disagreed)).toEqual(["a: held ambiguous-owner", "b: held ambiguous-owner"]);
    expect((await scene.user.run(["apply", "stacks"])).stdout).toBe("nothing to write\n");
  });

  test("is held when a variable makes two images", async () => {
    await using scene = await openScene();
    const files = {
      "compose.yml":
        'services: {a: {image: "HOST/web:${TAG}", x-tl: "^!"}, b: {image: "HOST/worker:${TAG}", x-tl: "^!"}, c: {image: "HOST/web:${OWN:-1.0.0}", x-tl: "^!"}}',
      ".env": "TAG=1.0.0\n",
    };
    expect(outcomes(await scene.plan(files))).toEqual([
      "a: held ambiguous-owner",
      "b: held ambiguous-owner",
      "c: push 1.1.0",
    ]);
  });
});

describeWith(["docker-registry"], "a sync group over a compose file, a Dockerfile and a manifest", () => {
  const group = (children: string) => ({
    ".talos.yaml":
      "Glob:\n  DockerCompose: {}\n  Dockerfile: {}\n  Yaml:\n    - {IncludeGlobs: ['k8s/*.yaml'], RelativeImagePath: /image, RelativeTalosPath: /policy}\n",
    "compose.yml": `services:\n  a:\n    image: HOST/web:1.0.0\n    x-talos: {bump: major, strategy: {patch: push, minor: push, major: prompt}, sync: {role: parent, group: g, id: a, children: ${children}}}\n`,
    Dockerfile: "FROM HOST/worker:1.0.0 AS b\n# !talos sync.role=child sync.group=g sync.id=b\n",
    "k8s/c.yaml": "metadata: {name: c}\nimage: HOST/web:1.0.0\npolicy: {sync: {role: child, group: g, id: c}}\n",
  });

  test("moves to the highest version that all have, all or none", async () => {
    await using scene = await openScene();
    const plan = await scene.plan(group("[b, c]"));
    expect(outcomes(plan).toSorted()).toEqual(["a", "b", "c"].map((name) => `${name}: prompt 2.0.0, push 1.0.1`));
    expect(plan.references.flatMap(({ reasons }) => reasons.map(({ code, text }) => `${code} ${text}`))).toContainEqual(
      expect.stringMatching(/^group-waiting 1\.1\.0 waits for b/),
    );
    await scene.user.run(["apply", "stacks", "--only", "c"]);
    for (const file of ["compose.yml", "Dockerfile", "k8s/c.yaml"])
      expect(await scene.read(file), file).toMatch(/:1\.0\.1@sha256:[0-9a-f]{64}/);
  });

  test("is held as a whole when a child is missing, and when there are two parents", async () => {
    await using scene = await openScene();
    const missing = await scene.plan(group("[b, c, d]"));
    expect(outcomes(missing).toSorted()).toEqual(["a", "b", "c"].map((name) => `${name}: held group-incomplete`));
    expect(missing.references[0]?.reasons[0]?.text).toMatch(/lacks d/);
    const files = group("[b, c]");
    const twice = await scene.plan({ ...files, "k8s/c.yaml": files["k8s/c.yaml"].replace("child", "parent") });
    expect(outcomes(twice).toSorted()).toEqual(["a", "b", "c"].map((name) => `${name}: held group-incomplete`));
    expect((await scene.user.run(["apply", "stacks"])).stdout).toBe("nothing to write\n");
  });

  test("waits as a whole for a member that cannot be looked up", async () => {
    await using scene = await openScene();
    const files = group("[b, c]");
    const plan = await scene.plan({ ...files, Dockerfile: files.Dockerfile.replace("worker", "gone") });
    expect(outcomes(plan).toSorted()).toEqual([
      "a: held group-waiting",
      "b: unknown repository-not-found",
      "c: held group-waiting",
    ]);
  });
});

describeWith(["docker-registry"], "time", () => {
  const ageMs = 3 * 24 * 60 * 60 * 1000;

  test("holds what was first seen now, and lets go what was seen an age ago", async () => {
    await using scene = await openScene();
    const files = service("x-talos: {bump: minor, strategy: push, age: 3d}");
    const first = await scene.plan(files);
    expect(outcomes(first)).toEqual(["a: held above-bump not-aged"]);
    expect(first.references[0]?.newest).toEqual({ tag: "1.1.0", size: "minor" });

    await moveSightings(scene.user, "1.0.1", -ageMs - 1000);
    expect(outcomes(await scene.plan(files))).toEqual(["a: push 1.0.1"]);
    await moveSightings(scene.user, "1.1.0", -ageMs - 1000);
    expect(outcomes(await scene.plan(files))).toEqual(["a: push 1.1.0"]);
  });

  test("holds a push outside of its window, and not a question", async () => {
    await using scene = await openScene();
    // A window of one day that is neither today nor a neighbour of it, in whatever zone this runs.
    const days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
    const today = new Date().getUTCDay();
    const closed = days[(today + 3) % 7];
    const policy = (window: string | undefined) =>
      service(`x-talos: {bump: minor, strategy: {patch: push, minor: prompt}, window: ${window}}`);
    const plan = await scene.plan(policy(closed));
    expect(outcomes(plan)).toEqual(["a: prompt 1.1.0"]);
    expect(plan.references[0]?.reasons.map(({ code }) => code)).toContain("outside-window");
    expect(outcomes(await scene.plan(policy("Mon-Sun")))).toEqual(["a: prompt 1.1.0, push 1.0.1"]);
  });
});

/** As if Talos had first seen a tag's digests earlier. */
async function moveSightings(user: TalosUser, tag: string, byMs: number): Promise<void> {
  const store = openSqliteStore(join(user.home.path, "cache/talos/talos.sqlite"), { onNotice: () => undefined });
  const sightings = store.collection("sightings");
  const moved = (await sightings.list("")).filter(({ key }) => key.endsWith(`:${tag}`));
  expect(moved).toHaveLength(1);
  for (const { key, value } of moved) {
    const seen = value as readonly { readonly digest: string; readonly firstSeenMs: number }[];
    await sightings.put(
      key,
      seen.map((one) => ({ ...one, firstSeenMs: one.firstSeenMs + byMs })),
    );
  }
  await store.close();
}
