import { posix } from "node:path";
import type { FileText, SourceText } from "../files/source-text.ts";
import { decodeText, refuseSize, textLimitBytes } from "./decode-text.ts";
import { type GitAnswer, runGit, runGitSync } from "./run-git.ts";

/** One line of `git ls-tree -r -l`. */
export interface TreeEntry {
  readonly path: string;
  /** `100644`, `100755`, `120000` (link), `160000` (submodule). */
  readonly mode: string;
  readonly id: string;
  readonly bytes: number;
}

export function parseTree(output: string): readonly TreeEntry[] {
  return output.split("\0").flatMap((line) => {
    const [, mode, id, size, path] = /^(\d+) \w+ (\w+) +(\d+|-)\t(.*)$/s.exec(line) ?? [];
    return mode === undefined || id === undefined || path === undefined
      ? []
      : [{ path, mode, id, bytes: Number(size) }];
  });
}

/** Files that some reader will ask for; read in one go, where each of the others costs a git of its own. */
const wanted = /\.(ya?ml|env)$|(^|[/.])(docker|container)file([.-]|$)|(^|\/)\.env/i;
const wantedLimitBytes = 64 * 1024 * 1024;
const linkLimit = 40;

/** The texts of a commit in the bare repository `folder`. Links are followed inside the commit, submodules never. */
export async function commitText(
  folder: string,
  tree: readonly TreeEntry[],
  signal: AbortSignal | undefined,
): Promise<SourceText> {
  const entries = new Map(tree.map((entry) => [entry.path, entry]));
  const blobs = await readWanted(folder, tree, signal);
  const readBlob = (id: string): Buffer | undefined => {
    if (!blobs.has(id))
      blobs.set(id, outputOf(runGitSync({ folder, arguments: ["--git-dir=.", "cat-file", "blob", id] })));
    return blobs.get(id);
  };
  return (path) => {
    const found = followLinks(posix.normalize(path), entries, (id) => readBlob(id)?.toString());
    if (!("mode" in found)) return found;
    if (found.bytes > textLimitBytes) return refuseSize(found.bytes);
    const bytes = readBlob(found.id);
    return bytes === undefined ? { kind: "refused", reason: "git could not read the file." } : decodeText(bytes);
  };
}

function followLinks(
  path: string,
  entries: ReadonlyMap<string, TreeEntry>,
  targetOf: (id: string) => string | undefined,
  linksLeft = linkLimit,
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
    const entry = entries.get(parts.slice(0, length).join("/"));
    if (entry?.mode !== "120000") continue;
    const target = targetOf(entry.id) ?? "";
    const base = posix.isAbsolute(target) ? "/" : posix.dirname(entry.path);
    return followLinks(posix.join(base, target, ...parts.slice(length)), entries, targetOf, linksLeft - 1);
  }
  const entry = entries.get(path);
  return entry === undefined || entry.mode === "160000" ? { kind: "missing" } : entry;
}

async function readWanted(
  folder: string,
  tree: readonly TreeEntry[],
  signal: AbortSignal | undefined,
): Promise<Map<string, Buffer | undefined>> {
  let budget = wantedLimitBytes;
  const chosen = tree.filter(({ path, mode, bytes }) => {
    if (mode === "160000" || bytes > textLimitBytes || !wanted.test(path) || bytes > budget) return false;
    budget -= bytes;
    return true;
  });
  if (chosen.length === 0) return new Map();
  const input = chosen.map(({ id }) => `${id}\n`).join("");
  return parseBatch(
    outputOf(await runGit({ folder, arguments: ["--git-dir=.", "cat-file", "--batch"], input, signal })),
  );
}

/** `<id> blob <bytes>\n<content>\n`, repeated. */
function parseBatch(output: Buffer | undefined): Map<string, Buffer | undefined> {
  const blobs = new Map<string, Buffer | undefined>();
  for (let at = 0; output !== undefined && at < output.length; ) {
    const lineEnd = output.indexOf("\n", at);
    const [id = "", type, bytes] = output.toString("latin1", at, lineEnd).split(" ");
    at = lineEnd + 1;
    if (type !== "blob") continue;
    blobs.set(id, output.subarray(at, at + Number(bytes)));
    at += Number(bytes) + 1;
  }
  return blobs;
}

function outputOf(answer: GitAnswer): Buffer | undefined {
  return answer.kind === "done" ? answer.output : undefined;
}
