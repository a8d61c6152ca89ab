import { runTestGit } from "../../parties/git.ts";

export interface HistoricCommit {
  readonly id: string;
  readonly parents: readonly string[];
  readonly author: string;
  readonly committedSeconds: number;
  readonly message: string;
  /** By the image without its tag, what it was and what it became. */
  readonly changes: ReadonlyMap<string, { readonly from: string; readonly to: string }>;
}

/** All commits of `main`, the oldest first. */
export async function readHistory(repository: string): Promise<readonly HistoricCommit[]> {
  const format = "%x01%H%x00%P%x00%an%x00%ct%x00%B%x00";
  const text = await runTestGit(
    repository,
    "log",
    "--reverse",
    "-p",
    "-U0",
    "--no-color",
    `--format=${format}`,
    "main",
  );
  return text
    .split("\u0001")
    .slice(1)
    .map((entry): HistoricCommit => {
      const [id = "", parents = "", author = "", seconds = "", message = "", patch = ""] = entry.split("\0");
      return {
        id,
        parents: parents === "" ? [] : parents.split(" "),
        author,
        committedSeconds: Number(seconds),
        message: message.trim(),
        changes: readChanges(patch),
      };
    });
}

function readChanges(patch: string): HistoricCommit["changes"] {
  const changes = new Map<string, { from: string; to: string }>();
  for (const [, sign, image = ""] of patch.matchAll(/^([-+])\s+image: (\S+)$/gm)) {
    const name = image.replace(/:[^:/]*@.*$/, "");
    const known = changes.get(name) ?? { from: "", to: "" };
    changes.set(name, sign === "-" ? { ...known, from: image } : { ...known, to: image });
  }
  return changes;
}
