import { readFileSync } from "node:fs";
import { join } from "node:path";

export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** As SPDX writes it. */
  readonly license: string;
  readonly author: string | undefined;
  /** Where it was taken from. */
  readonly folder: string;
  /** The names of packages that it wants, whether they are in the bundle or not. */
  readonly wants: readonly string[];
}

const separator = "/node_modules/";
/** Code that the build tools add themselves. */
const toolModules = /^\0(rolldown|vite)\//;

/** The packages that these modules belong to, each name and version once, in order. */
export function bundledPackages(root: string, modules: readonly string[]): readonly BundledPackage[] {
  const folders = new Set(modules.flatMap((id) => folderOf(root, id) ?? []));
  const packages = [...folders].map(readPackage);
  const byIdentity = new Map(packages.map((one) => [`${one.name}@${one.version}`, one]));
  return [...byIdentity].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

function folderOf(root: string, id: string): string | undefined {
  const tool = toolModules.exec(id)?.[1];
  if (tool !== undefined) return join(root, "node_modules", tool);
  const at = id.lastIndexOf(separator);
  if (at >= 0) {
    const [first = "", second = ""] = id.slice(at + separator.length).split("/");
    return id.slice(0, at + separator.length) + (first.startsWith("@") ? `${first}/${second}` : first);
  }
  if (id.startsWith("\0") || id.startsWith(root)) return undefined;
  throw new Error(`nobody knows which package ${id} belongs to`);
}

function readPackage(folder: string): BundledPackage {
  const facts = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const { name, version, license, author, dependencies, optionalDependencies, peerDependencies } = facts;
  if (typeof license !== "string") throw new Error(`${name} ${version} does not say its licence in package.json`);
  return {
    name,
    version,
    license,
    author: typeof author === "string" ? author : author?.name,
    folder,
    wants: Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies }),
  };
}
