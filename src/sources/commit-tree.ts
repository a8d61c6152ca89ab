import { posix } from "node:path";
import type { FileText } from "../files/source-text.ts";

/** One line of `git ls-tree -r -l`. */
export interface TreeEntry {
  readonly path: string;
  /** `100644`, `100755`, `120000` (link), `160000` (submodule). */
  readonly mode: string;
  readonly id: string;
  readonly bytes: number;
}

/** The files of one commit, by path from the root. */
export type CommitTree = ReadonlyMap<string, TreeEntry>;

export function listTreeArguments(commit: string): readonly string[] {
  return ["ls-tree", "-r", "-z", "-l", "--full-tree", commit];
}

/** What `listTreeArguments` gives. */
export function parseTree(output: Buffer): CommitTree {
  const entries = output
    .toString()
    .split("\0")
    .flatMap((line): readonly TreeEntry[] => {
      const [, mode, id, size, path] = /^(\d+) \w+ (\w+) +(\d+|-)\t(.*)$/s.exec(line) ?? [];
      return mode === undefined || id === undefined || path === undefined
        ? []
        : [{ path, mode, id, bytes: Number(size) }];
    });
  return new Map(entries.map((entry) => [entry.path, entry]));
}

/** Links are there too, submodules are not. */
export function filePaths(tree: CommitTree): readonly string[] {
  const files = [...tree.values()].filter(({ mode }) => mode !== "160000");
  return files.map(({ path }) => path).toSorted();
}

const linkLimit = 40;

/** The file that a path means. Links are followed inside the commit; `targetOf` reads one by its id. */
export function findFile(
  tree: CommitTree,
  path: string,
  targetOf: (id: string) => string | undefined,
): TreeEntry | FileText {
  return followLinks(tree, posix.normalize(path), targetOf, linkLimit);
}

function followLinks(
  tree: CommitTree,
  path: string,
  targetOf: (id: string) => string | undefined,
  linksLeft: number,
): TreeEntry | FileText {
  if (path === ".." || path.startsWith("../") || path.startsWith("/"))
    return {
      kind: "refused",
      reason:
        linksLeft === linkLimit
          ? "The path leads out of the repository."
          : "A symbolic link leads out of the repository; it is not followed.",
    };
  if (linksLeft === 0) return { kind: "refused", reason: "The symbolic links lead in a circle." };
  const parts = path.split("/");
  for (let length = 1; length <= parts.length; length += 1) {
    const entry = tree.get(parts.slice(0, length).join("/"));
    if (entry?.mode !== "120000") continue;
    const target = targetOf(entry.id) ?? "";
    const base = posix.isAbsolute(target) ? "/" : posix.dirname(entry.path);
    return followLinks(tree, posix.join(base, target, ...parts.slice(length)), targetOf, linksLeft - 1);
  }
  const entry = tree.get(path);
  return entry === undefined || entry.mode === "160000" ? { kind: "missing" } : entry;
}
