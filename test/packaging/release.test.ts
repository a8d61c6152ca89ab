import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isAccepted } from "../../scripts/release/write-licences.ts";
import { type TemporaryFolder, temporaryFolder } from "../parties/temporary-folder.ts";
import { billOfMaterials } from "./bill-of-materials-schema.ts";

const root = join(import.meta.dirname, "..", "..");

describe("the release", () => {
  let here: TemporaryFolder;
  let release: string;
  beforeAll(async () => {
    here = await temporaryFolder();
    pack(root, here.path);
    release = unpack(here.path);
  }, 60_000);
  afterAll(() => here[Symbol.asyncDispose]());

  test("has the same bytes when it is built in another folder", { timeout: 120_000 }, async () => {
    await using elsewhere = await temporaryFolder();
    const copy = join(elsewhere.path, "somewhere", "else");
    await copyCheckout(copy);
    pack(copy, elsewhere.path);
    expect(digests(elsewhere.path)).toEqual(digests(here.path));
  });

  test("is an archive that tar unpacks, with the checksum that is told", () => {
    const [folder, archive = "", sum] = readdirSync(here.path).sort();
    expect([archive, sum]).toEqual([`${folder}.tar.gz`, `${folder}.tar.gz.sha256`]);
    const bytes = readFileSync(join(here.path, archive));
    const digest = createHash("sha256").update(bytes).digest("hex");
    expect(readFileSync(join(here.path, `${archive}.sha256`), "utf8")).toBe(`${digest}  ${archive}\n`);
    const listed = spawnSync("tar", ["-tzf", archive], { cwd: here.path, encoding: "utf8" }).stdout.trim().split("\n");
    expect(listed).toEqual(expect.arrayContaining([`${folder}/talos.cjs`, `${folder}/web/index.html`]));
  });

  test("runs from where it was unpacked, with nothing beside it", () => {
    const talos = join(release, "talos.cjs");
    const run = (...args: readonly string[]) =>
      spawnSync(talos, args, { encoding: "utf8", cwd: "/", env: { PATH: process.env.PATH, HOME: here.path } });
    expect(run("--version").stdout).toMatch(/^talos \d+\.\d+\.\d+\n$/);
    expect(run("demo").stdout).toContain("15 images in 9 files written");
  });

  test("has the page, and says nothing of where it was built", () => {
    const files = readdirSync(release, { recursive: true, encoding: "utf8" });
    expect(files).toEqual(expect.arrayContaining(["web/index.html", "LICENSE", "examples/homelab/media/compose.yaml"]));
    const texts = files.filter((file) => /\.(cjs|js|css|html|json|txt)$/.test(file));
    for (const file of texts) expect(readFileSync(join(release, file), "utf8"), file).not.toContain(root);
  });

  test("lists every package that is in it, once, with a licence that lets it be shipped and its text", () => {
    const { components } = readBillOfMaterials();
    const licences = readFileSync(join(release, "THIRD-PARTY-LICENSES.txt"), "utf8");
    const names = components.map(({ name }) => name);
    // Of the program, of the page, and of the bundler's own; not what only builds and tests.
    expect(names).toEqual(expect.arrayContaining(["zod", "yaml", "bullmq", "preact", "rolldown"]));
    for (const absent of ["vitest", "typescript", "ssh2", "tweetnacl"]) expect(names).not.toContain(absent);
    for (const { name, version, licenses } of components) {
      const license = licenses.map((one) => ("expression" in one ? one.expression : one.license.id)).join();
      expect(isAccepted(license), `${name}: ${license}`).toBe(true);
      expect(licences.split(`\n${name} ${version} (${license})\n`)).toHaveLength(2);
    }
  });

  test("says of every package who wants it, down from what Talos wants itself", () => {
    const { metadata, components, dependencies } = readBillOfMaterials();
    const talos = metadata.component["bom-ref"];
    const references = [talos, ...components.map((one) => one["bom-ref"])];
    expect(new Set(references).size).toBe(references.length);
    expect(dependencies.map(({ ref }) => ref)).toEqual(references);
    const wanted = new Map(dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]));
    for (const [ref, dependsOn] of wanted) expect(new Set(dependsOn).size, ref).toBe(dependsOn.length);
    expect(wanted.get(talos)?.join()).not.toContain("tar-fs");
    // What is added while it is gone through is gone through too.
    const reached = new Set([talos]);
    for (const ref of reached) for (const next of wanted.get(ref) ?? []) reached.add(next);
    expect([...reached].toSorted()).toEqual(references.toSorted());
  });

  const readBillOfMaterials = () =>
    billOfMaterials.parse(JSON.parse(readFileSync(join(release, "sbom.cdx.json"), "utf8")));

  test("starts without loading more than the entry and the list of commands", () => {
    const watch = "process.on('exit', () => console.error(Object.keys(require.cache).length))";
    const code = `data:text/javascript,${encodeURIComponent(`import{createRequire}from'node:module';const require=createRequire('/');${watch}`)}`;
    const { stderr } = spawnSync(process.execPath, ["--import", code, join(release, "talos.cjs"), "--help"], {
      encoding: "utf8",
    });
    expect(Number(stderr)).toBeGreaterThan(0);
    expect(Number(stderr)).toBeLessThanOrEqual(6);
  });
});

test.each([
  ["MIT", true],
  ["(MIT OR GPL-3.0-only)", true],
  ["Apache-2.0", true],
  ["GPL-3.0-only", false],
  ["Unlicense", false],
  ["MIT AND GPL-3.0-only", false],
  ["((MIT AND GPL-3.0-only) OR GPL-2.0-only)", false],
])("the licence %s may be shipped: %s", (license, isFree) => {
  expect(isAccepted(license)).toBe(isFree);
});

function pack(checkout: string, folder: string): void {
  const { status, stderr } = spawnSync(process.execPath, [join(checkout, "scripts/pack.ts"), folder], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
}

/** Without the links between the two that a bundler could follow back. */
async function copyCheckout(folder: string): Promise<void> {
  for (const part of ["src", "scripts", "examples", "package.json", "package-lock.json", "tsconfig.json", "LICENSE"])
    await cp(join(root, part), join(folder, part), { recursive: true });
  // Hundreds of megabytes: linked where both are on one disk.
  const [from, to] = [join(root, "node_modules"), join(folder, "node_modules")];
  if (spawnSync("cp", ["-al", from, to]).status !== 0) spawnSync("cp", ["-a", from, to]);
}

/** What tar makes of the archive. */
function unpack(folder: string): string {
  const archive = readdirSync(folder).find((name) => name.endsWith(".tar.gz")) ?? "";
  mkdirSync(join(folder, "unpacked"));
  const { status } = spawnSync("tar", ["-xzf", join("..", archive)], { cwd: join(folder, "unpacked") });
  expect(status).toBe(0);
  return join(folder, "unpacked", archive.replace(/\.tar\.gz$/, ""));
}

function digests(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".tar.gz"))
    .map(
      (name) =>
        `${name} ${createHash("sha256")
          .update(readFileSync(join(folder, name)))
          .digest("hex")}`,
    );
}
