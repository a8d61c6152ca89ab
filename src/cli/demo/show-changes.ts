import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { runGit } from "../../sources/run-git.ts";
import type { Terminal } from "../terminal.ts";

/** The texts of a folder at one moment, so that later changes can be shown: by git where there is one. */
export interface Before {
  readonly texts: ReadonlyMap<string, string>;
  readonly hasGit: boolean;
}

/** Forced, because a person's own list of ignored files may hold `.env`. */
export async function rememberFolder(folder: string): Promise<Before> {
  const paths = await listFiles(folder);
  const texts = await Promise.all(
    paths.map(async (path) => [path, await readFile(join(folder, path), "utf8")] as const),
  );
  const made = await runGit({ folder, arguments: ["init", "--quiet"] });
  const added = await runGit({ folder, arguments: ["add", "--force", "--all"] });
  return { texts: new Map(texts), hasGit: made.kind === "done" && added.kind === "done" };
}

export async function showChanges(folder: string, { texts, hasGit }: Before, terminal: Terminal): Promise<void> {
  if (hasGit) {
    const color = terminal.style("red", "x") === "x" ? "never" : "always";
    const diff = await runGit({ folder, arguments: ["diff", "--no-ext-diff", "--unified=0", `--color=${color}`] });
    if (diff.kind === "done") return terminal.out(diff.output.toString().trimEnd());
  }
  for (const [path, before] of texts) {
    const after = await readFile(join(folder, path), "utf8");
    if (after !== before) showFile(path, before.split("\n"), after.split("\n"), terminal);
  }
}

/** Edits change images within their lines, so line by line is all there is to compare. */
function showFile(path: string, before: readonly string[], after: readonly string[], terminal: Terminal): void {
  terminal.out(terminal.style("bold", path));
  for (const [index, line] of before.entries()) {
    const now = after[index] ?? "";
    if (line === now) continue;
    terminal.out(terminal.style("red", `-${line}`));
    terminal.out(terminal.style("green", `+${now}`));
  }
}

async function listFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map(({ parentPath, name }) => relative(folder, join(parentPath, name))).sort();
}
