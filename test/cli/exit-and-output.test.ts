import { execFile, spawn } from "node:child_process";
import { mkdtemp, readFile, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { z } from "zod";
import { describeWith } from "../parties/describe-with.ts";
import { type DockerRegistry, dockerRegistry } from "../parties/docker-registry.ts";
import { talosMain, talosUser } from "../run-talos.ts";

const published = join(import.meta.dirname, "../../docs/plan.schema.json");
const escape = "\u001b";

async function stockedRegistry(): Promise<DockerRegistry> {
  const registry = await dockerRegistry();
  await registry.push({ repository: "web", tags: ["1.0.0"], content: "old" });
  await registry.push({ repository: "web", tags: ["1.0.1", "2.0.0"], content: "new" });
  return registry;
}

describeWith(["docker-registry"], "the exit status", () => {
  test("is 0, 2 or 3 by what was found, and 3 wins", async () => {
    await using registry = await stockedRegistry();
    await using user = await talosUser();
    const service = (image: string) => `services: {a: {image: "${registry.host}/${image}", x-talos: {pin: false}}}`;
    await user.home.write({
      "current/compose.yml": service("web:2.0.0"),
      "update/compose.yml": service("web:1.0.0").replace("pin: false", "bump: major"),
      "unknown/compose.yml": service("gone:1.0.0"),
    });
    const status = async (...args: readonly string[]) => (await user.run(["plan", ...args])).status;
    expect(await status("current", "--exit-code")).toBe(0);
    expect(await status("update")).toBe(0);
    expect(await status("update", "--exit-code")).toBe(2);
    expect(await status("unknown")).toBe(3);
    expect(await status("update", "unknown", "--exit-code")).toBe(3);
  });
});

test.each([
  { args: ["plan", "nowhere"], status: 1, line: "There is no file or folder nowhere", hint: /A target is/ },
  { args: ["fly"], status: 64, line: "talos has no command fly", hint: /plan, apply, why/ },
  { args: ["constructor"], status: 64, line: "talos has no command constructor", hint: /plan, apply, why/ },
  { args: ["help", "fly"], status: 64, line: "talos has no command fly", hint: /plan, apply, why/ },
  { args: ["plan", "--fly"], status: 64, line: "Unknown option '--fly'", hint: /talos plan --help/ },
  {
    args: ["plan", "--bump", "huge"],
    status: 64,
    line: "--bump huge is not a size",
    hint: /digest, patch, minor, major/,
  },
  { args: ["plan", "--bump"], status: 64, line: "Option '--bump <value>' argument missing", hint: /usage:/ },
  { args: ["plan", "--json=yes"], status: 64, line: "Option '--json' does not take an argument", hint: /usage:/ },
  { args: ["plan", "--only", "../a"], status: 64, line: /--only: .*leads out/, hint: /for example/ },
  { args: ["apply", "--strategy", "push,maybe"], status: 64, line: /maybe cannot be written/, hint: /prompt/ },
  { args: ["apply", "--interactive"], status: 64, line: "--interactive needs a terminal", hint: /--strategy/ },
  { args: ["why"], status: 64, line: "why needs a reference", hint: /talos why web/ },
  { args: ["why", "nobody"], status: 1, line: "there is no reference nobody", hint: /talos plan lists/ },
  { args: ["policy", "^:&"], status: 64, line: /'\^:&' has `&` as character 3/, hint: /docs/ },
  { args: ["config", "eat"], status: 64, line: "config cannot eat", hint: /config check/ },
])("talos $args ends with $status and one line that says why", async ({ args, status, line, hint }) => {
  await using user = await talosUser();
  const run = await user.run(args);
  expect(run).toMatchObject({ status, stdout: "" });
  const [first = "", second = "", ...rest] = run.stderr.trimEnd().split("\n");
  expect(first).toMatch(line);
  expect(first).toMatch(/^talos: /);
  expect(second).toMatch(hint);
  expect(rest).toEqual([]);
});

test("A folder that was removed under the person is told as that.", async () => {
  await using user = await talosUser();
  const gone = await mkdtemp(join(user.home.path, "gone-"));
  const child = spawn("/bin/sh", ["-c", `rmdir "$PWD" && exec "$0" "$@"`, process.execPath, talosMain, "plan"], {
    cwd: gone,
    env: user.environment,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const lines = (await child.stderr.toArray()).join("");
  expect(lines).toBe("talos: the current folder does not exist any more\n  change into another one\n");
  await expect(rmdir(gone)).rejects.toThrow(/ENOENT/);
});

describeWith(["docker-registry"], "what is printed", () => {
  test("as JSON is what the published schema says, for every verdict", async () => {
    await using registry = await stockedRegistry();
    await using user = await talosUser();
    const image = `${registry.host}/web:1.0.0`;
    await user.home.write({
      "compose.yml": [
        "services:",
        `  update: {image: "${image}", x-talos: {bump: major, strategy: {patch: push, major: prompt}, allow: [1.x, 2.0.0]}}`,
        `  held: {image: "${image}", x-talos: {bump: major, age: 3d, window: "Mon-Sun 00:00-00:01", platform: linux/arm64}}`,
        `  group: {image: "${image}", x-talos: {sync: {role: parent, group: g, id: a, children: [b]}}}`,
        `  skipped: {image: "${image}"}`,
        `  unknown: {image: "${image}x", x-tl: "+", x-talos: {bump: minor}}`,
        "",
      ].join("\n"),
      Dockerfile: "FROM\n",
    });
    const { stdout, document } = await user.plan(["plan"]);
    const schema = z.fromJSONSchema(JSON.parse(await readFile(published, "utf8")));
    expect(schema.safeParse(JSON.parse(stdout)).error).toBeUndefined();
    expect(schema.safeParse({ ...document, version: 2 }).success).toBe(false);
    expect(document.references.map(({ verdict }) => verdict).toSorted()).toEqual([
      "held",
      "held",
      "skipped",
      "unknown",
      "unknown",
      "update",
    ]);
    const { references, requests: _, seconds: __, ...counts } = document.summary;
    expect(references).toBe(document.references.length);
    expect(counts).toEqual({ current: 0, update: 1, held: 2, skipped: 1, unknown: 2 });
  });

  test("has colours only when they are asked for", async () => {
    await using registry = await stockedRegistry();
    await using user = await talosUser();
    await user.home.write({ "compose.yml": `services: {a: {image: "${registry.host}/web:1.0.0", x-tl: "+!"}}` });
    const piped = await user.run(["plan"]);
    expect(piped.stdout).toContain("2.0.0");
    expect(piped.stdout + piped.stderr).not.toContain(escape);
    expect((await user.run(["plan"], { environment: { FORCE_COLOR: "1" } })).stdout).toContain(escape);
    expect((await user.run(["plan", "--no-color"], { environment: { FORCE_COLOR: "1" } })).stdout).not.toContain(
      escape,
    );
    expect((await user.run(["plan"], { environment: { NO_COLOR: "1" } })).stdout).not.toContain(escape);
  });

  test("is only the result where it is piped, and nothing on standard error", async () => {
    await using registry = await stockedRegistry();
    await using user = await talosUser();
    await user.home.write({
      "compose.yml": `services: {a: {image: "${registry.host}/web:1.0.0", x-tl: "+!"}}`,
      "appsettings.json": JSON.stringify({ SkopeoSettings: { SkopeoCommand: "skopeo" } }),
    });
    const noted = await user.run(["plan"]);
    expect(noted.stderr).toMatch(/^note: .*SkopeoCommand.*\n$/);
    expect(await user.run(["plan", "--quiet"])).toMatchObject({ status: 0, stderr: "" });
  });

  test("may lose its reader", async () => {
    await using user = await talosUser();
    const services = Array.from({ length: 3000 }, (_, index) => `  s${index}: {image: "web:\${NOBODY}", x-tl: "+!"}\n`);
    await user.home.write({ "compose.yml": `services:\n${services.join("")}` });
    const command = `"${process.execPath}" "${talosMain}" plan | head -1`;
    const { stdout, stderr } = await promisify(execFile)("/bin/sh", ["-c", command], {
      cwd: user.home.path,
      env: user.environment,
    });
    expect(stdout.trimEnd().split("\n")).toHaveLength(1);
    expect(stderr).toBe("");
  });

  test("is one line when there is nothing to do", async () => {
    await using registry = await stockedRegistry();
    await using user = await talosUser();
    await user.home.write({
      "compose.yml": `services: {a: {image: "${registry.host}/web:2.0.0", x-talos: {pin: false, bump: major}}}`,
    });
    expect((await user.run(["plan"])).stdout).toMatch(/^nothing to update, 1 current; \d+ requests? in [\d.]+ s\n$/);
  });
});
