import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** Where the page was built to: `web` beside the bundle, or `dist/web` of the folder that the sources are in. */
export function findPage(): string {
  const beside = join(import.meta.dirname, "web");
  if (existsSync(join(beside, "index.html"))) return beside;
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, "package.json")) && folder !== dirname(folder)) folder = dirname(folder);
  return join(folder, "dist", "web");
}
