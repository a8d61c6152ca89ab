import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { BundledPackage } from "./bundled-packages.ts";
import { standardLicences } from "./standard-licences.ts";

const accepted = new Set(["MIT", "ISC", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "0BSD"]);
const rule = "-".repeat(80);

/** What each licence wants to be handed on: its text and its notices. Fails for one that is not accepted. */
export function writeLicences(packages: readonly BundledPackage[], file: string): void {
  const refused = packages.filter(({ license }) => !isAccepted(license));
  if (refused.length > 0)
    throw new Error(
      `not free to be shipped: ${refused.map(({ name, version, license }) => `${name} ${version} (${license})`).join(", ")}`,
    );
  const parts = packages.map((one) => `${rule}\n${one.name} ${one.version} (${one.license})\n\n${textsOf(one)}\n`);
  writeFileSync(file, `Talos contains parts of the packages below, under their licences.\n\n${parts.join("\n")}`);
}

/** `MIT`, `(MIT OR GPL-3.0)`; what is written in a longer way is not accepted. */
export function isAccepted(license: string): boolean {
  return license
    .replace(/^\((.*)\)$/, "$1")
    .split(" OR ")
    .some((one) => accepted.has(one));
}

function textsOf(one: BundledPackage): string {
  const files = readdirSync(one.folder)
    .filter((name) => /^(licen[cs]e|copying|notice)/i.test(name))
    .sort();
  if (files.length === 0) return standardText(one);
  return files.map((name) => readFileSync(join(one.folder, name), "utf8").replaceAll("\r\n", "\n").trim()).join("\n\n");
}

function standardText({ name, license, author }: BundledPackage): string {
  const text = standardLicences[license];
  if (text === undefined) throw new Error(`${name} has no file with its licence, ${license}`);
  return `Copyright (c) ${author ?? `the authors of ${name}`}\n\n${text}`;
}
