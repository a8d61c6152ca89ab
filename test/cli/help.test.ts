import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { recordModules } from "../fixtures/record-modules.ts";
import { temporaryFolder } from "../parties/temporary-folder.ts";
import { talosMain } from "../run-talos.ts";

/** Packages that only a running Talos needs. */
const ofTheDaemon = ["bullmq", "ioredis", "hono", "prom-client", "@opentelemetry", "@grpc"];
/** Packages that take longer to load than all of the runtime. */
const heavy = ["zod", "undici", "yaml", "pino", "re2js", "semver", "smol-toml", "jsonc-parser", ...ofTheDaemon];

async function loadedModules(...args: readonly string[]): Promise<readonly string[]> {
  await using folder = await temporaryFolder();
  const recorder = await recordModules(folder);
  await promisify(execFile)(process.execPath, [talosMain, ...args], {
    cwd: folder.path,
    env: { PATH: process.env.PATH, HOME: folder.path, XDG_CACHE_HOME: folder.path, ...recorder.environment },
  });
  return recorder.read();
}

function packagesOf(modules: readonly string[]): readonly string[] {
  return heavy.filter((name) => modules.some((url) => url.includes(`/node_modules/${name}/`)));
}

test.each([["--help"], ["help"], ["--version"], []])("talos %s loads the entry and nothing heavy.", async (...args) => {
  const modules = await loadedModules(...args);
  expect(modules.some((url) => url.endsWith("/src/cli/run-command-line.ts"))).toBe(true);
  expect(packagesOf(modules)).toEqual([]);
  expect(modules.filter((url) => url.includes("/node_modules/"))).toEqual([]);
  expect(modules.filter((url) => url.endsWith("-command.ts"))).toEqual([]);
});

test.each(["plan", "apply", "why", "policy", "config"])(
  "talos %s --help loads nothing heavy and no other command.",
  async (name) => {
    const modules = await loadedModules(name, "--help");
    expect(modules.filter((url) => url.endsWith("-command.ts")).map((url) => url.split("/").at(-1))).toEqual([
      `${name}-command.ts`,
    ]);
    expect(packagesOf(modules)).toEqual([]);
  },
);

test("talos plan loads nothing of what only a running Talos needs.", async () => {
  const modules = await loadedModules("plan");
  expect(packagesOf(modules).filter((name) => ofTheDaemon.includes(name))).toEqual([]);
  const isOfTheDaemon = /\/src\/(daemon|delivery|jobs|socket|events)\/|\/operations\/operations\.ts$/;
  expect(modules.filter((url) => isOfTheDaemon.test(url))).toEqual([]);
});

test("talos plan loads what the help does not, so these tests would notice.", async () => {
  expect(packagesOf(await loadedModules("plan"))).toContain("zod");
});
