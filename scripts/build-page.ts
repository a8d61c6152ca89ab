// `npm run build:page`: the page, into dist/web. With --if-stale only when it is missing or older than what it is made of.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { modulesOf } from "./release/modules-of.ts";

const root = join(import.meta.dirname, "..");
const target = join(root, "dist", "web");
const madeOf = ["src/web", "src/http/api", "package-lock.json"].map((path) => join(root, path));

if (import.meta.main) await (process.argv.includes("--if-stale") ? buildStalePage() : buildPage());

/** Takes half a second, or a few milliseconds where there is nothing to do. */
export async function buildStalePage(): Promise<void> {
  const page = join(target, "index.html");
  if (!existsSync(page) || newestOf(madeOf) > statSync(page).mtimeMs) await buildPage();
}

/**
 * Made aside and put in place at once: a Talos may be serving the old one, and another process may be building too. Gives
 * the modules that it is made of.
 */
export async function buildPage(folder: string = target): Promise<readonly string[]> {
  const { build } = await import("vite");
  const aside = `${folder}-${process.pid}`;
  mkdirSync(aside, { recursive: true });
  const configFile = join(root, "src", "web", "vite.config.ts");
  // Vite builds something else where a test runner has set it.
  const { NODE_ENV: before } = process.env;
  process.env.NODE_ENV = "production";
  try {
    const built = await build({ configFile, logLevel: "warn", build: { outDir: aside } });
    rmSync(folder, { recursive: true, force: true });
    renameSync(aside, folder);
    return [built].flat().flatMap((one) => ("output" in one ? modulesOf(one.output) : []));
  } finally {
    if (before === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = before;
    rmSync(aside, { recursive: true, force: true });
  }
}

/** Folders count too: one is newer than a file that was removed from it. */
function newestOf(paths: readonly string[]): number {
  return Math.max(...paths.map((path) => Math.max(statSync(path).mtimeMs, newestBelow(path))));
}

function newestBelow(path: string): number {
  if (!statSync(path).isDirectory()) return 0;
  const entries = readdirSync(path, { recursive: true, encoding: "utf8" });
  return Math.max(0, ...entries.map((entry) => statSync(join(path, entry)).mtimeMs));
}
