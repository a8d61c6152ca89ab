/**
 * The release is one folder that runs wherever Node 24 is: the program, the page, the example that the demo copies, and
 * what the law and careful people want to know about it. The same sources give the same bytes in any folder, on any day:
 * nothing in it may say when, where or by whom it was built.
 */
import { cpSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { buildPage } from "../build-page.ts";
import { bundleProgram } from "./bundle-program.ts";
import { bundledPackages } from "./bundled-packages.ts";
import { writeBillOfMaterials } from "./write-bill-of-materials.ts";
import { writeLicences } from "./write-licences.ts";

const root = join(import.meta.dirname, "..", "..");

export async function buildRelease(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const program = await bundleProgram(root, folder);
  const page = await buildPage(join(folder, "web"));
  const packages = bundledPackages(root, [...program, ...page]);
  writeLicences(packages, join(folder, "THIRD-PARTY-LICENSES.txt"));
  writeBillOfMaterials(root, packages, join(folder, "sbom.cdx.json"));
  cpSync(join(root, "examples", "homelab"), join(folder, "examples", "homelab"), { recursive: true });
  cpSync(join(root, "LICENSE"), join(folder, "LICENSE"));
}
