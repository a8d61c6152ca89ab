import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import type { BundledPackage } from "./bundled-packages.ts";

/**
 * The bill of materials, as CycloneDX 1.6: the packages that something of is in the bundle or in the page, which is less
 * than what is installed to build it. Without a time and a serial number, so that it is the same for the same sources.
 */
export function writeBillOfMaterials(root: string, packages: readonly BundledPackage[], file: string): void {
  const { name, version, description, license, dependencies, devDependencies } = readJson(join(root, "package.json"));
  // The page's own are among those that are only needed to build.
  const wants = Object.keys({ ...dependencies, ...devDependencies });
  const lock = readJson(join(root, "package-lock.json")).packages;
  const talos = `pkg:generic/${name}@${version}`;
  const document = {
    $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: {
      component: {
        type: "application",
        "bom-ref": talos,
        name,
        version,
        description,
        licenses: [{ license: { id: license } }],
        purl: talos,
      },
    },
    components: packages.map((one) => ({
      type: "library",
      "bom-ref": purlOf(one),
      name: one.name,
      version: one.version,
      scope: "required",
      hashes: hashesOf(lock[relative(root, one.folder)]),
      licenses: [one.license.includes(" ") ? { expression: one.license } : { license: { id: one.license } }],
      purl: purlOf(one),
    })),
    dependencies: [
      { ref: talos, dependsOn: neededBy({ folder: root, wants }, packages) },
      ...packages.map((one) => ({ ref: purlOf(one), dependsOn: neededBy(one, packages) })),
    ],
  };
  writeFileSync(file, `${JSON.stringify(document, undefined, 2)}\n`);
}

function purlOf({ name, version }: BundledPackage): string {
  return `pkg:npm/${name.replace("@", "%40")}@${version}`;
}

/** Of the archive that npm has checked when it was installed. */
function hashesOf({ integrity }: { readonly integrity: string }) {
  const content = Buffer.from(integrity.replace(/^sha512-/, ""), "base64").toString("hex");
  return [{ alg: "SHA-512", content }];
}

/** What it wants and is in the bundle, found as Node finds it. */
function neededBy(
  one: Pick<BundledPackage, "folder" | "wants">,
  packages: readonly BundledPackage[],
): readonly string[] {
  return one.wants
    .flatMap((name) => {
      const folder = findPackage(name, one.folder);
      const facts = folder === undefined ? undefined : readJson(join(folder, "package.json"));
      return packages.filter((other) => other.name === name && other.version === facts?.version);
    })
    .map(purlOf)
    .sort();
}

function findPackage(name: string, from: string): string | undefined {
  const folder = join(from, "node_modules", name);
  if (existsSync(folder)) return folder;
  return from === dirname(from) ? undefined : findPackage(name, dirname(from));
}

function readJson(path: string) {
  return JSON.parse(readFileSync(path, "utf8"));
}
