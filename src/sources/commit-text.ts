import type { SourceText } from "../files/source-text.ts";
import { type CommitTree, findFile } from "./commit-tree.ts";
import { decodeText, refuseSize, textLimitBytes } from "./decode-text.ts";
import { runGit, runGitSync } from "./run-git.ts";

/** Files that some reader will ask for; read in one go, where each of the others costs a git of its own. */
const wanted = /\.(ya?ml|env)$|(^|[/.])(docker|container)file([.-]|$)|(^|\/)\.env/i;
const wantedLimitBytes = 64 * 1024 * 1024;

/**
 * The texts of a commit in the bare repository `folder`. Links are followed inside the commit, submodules never.
 * undefined: the repository is damaged, it lacks files of the commit.
 */
export async function commitText(
  folder: string,
  tree: CommitTree,
  signal: AbortSignal | undefined,
): Promise<SourceText | undefined> {
  const blobs = await readWanted(folder, tree, signal);
  if (blobs === undefined) return undefined;
  const readBlob = (id: string): Buffer | undefined => {
    const blob = blobs.get(id) ?? readBlobSync(folder, id);
    if (blob !== undefined) blobs.set(id, blob);
    return blob;
  };
  return (path) => {
    const found = findFile(tree, path, (id) => readBlob(id)?.toString());
    if (!("mode" in found)) return found;
    if (found.bytes > textLimitBytes) return refuseSize(found.bytes);
    const bytes = readBlob(found.id);
    return bytes === undefined ? { kind: "refused", reason: "git could not read the file." } : decodeText(bytes);
  };
}

export function readBlobSync(folder: string, id: string): Buffer | undefined {
  const answer = runGitSync({ folder, arguments: ["--git-dir=.", "cat-file", "blob", id] });
  return answer.kind === "done" ? answer.output : undefined;
}

async function readWanted(
  folder: string,
  tree: CommitTree,
  signal: AbortSignal | undefined,
): Promise<Map<string, Buffer> | undefined> {
  let budget = wantedLimitBytes;
  const chosen = [...tree.values()].filter(({ path, mode, bytes }) => {
    if (mode === "160000" || bytes > textLimitBytes || !wanted.test(path) || bytes > budget) return false;
    budget -= bytes;
    return true;
  });
  if (chosen.length === 0) return new Map();
  const input = chosen.map(({ id }) => `${id}\n`).join("");
  const answer = await runGit({ folder, arguments: ["--git-dir=.", "cat-file", "--batch"], input, signal });
  if (answer.kind !== "done") return undefined;
  const blobs = parseBatch(answer.output);
  return chosen.every(({ id }) => blobs.has(id)) ? blobs : undefined;
}

/** `<id> blob <bytes>\n<content>\n`, repeated. */
function parseBatch(output: Buffer): Map<string, Buffer> {
  const blobs = new Map<string, Buffer>();
  for (let at = 0; at < output.length; ) {
    const lineEnd = output.indexOf("\n", at);
    const [id = "", type, bytes] = output.toString("latin1", at, lineEnd).split(" ");
    at = lineEnd + 1;
    if (type !== "blob") continue;
    blobs.set(id, output.subarray(at, at + Number(bytes)));
    at += Number(bytes) + 1;
  }
  return blobs;
}
