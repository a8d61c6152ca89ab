import { randomUUID } from "node:crypto";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readBlobSync } from "./commit-text.ts";
import { type CommitTree, findFile, type TreeEntry } from "./commit-tree.ts";
import { explainGitFailure } from "./explain-git-failure.ts";
import { askClone, type GitClone } from "./git-clone.ts";
import type { BranchHead, GitRepositoryOptions, NewCommit } from "./git-repository.ts";
import { readCommit } from "./open-commit.ts";
import { nameBeside } from "./remove-leftovers.ts";
import type { GitRequest } from "./run-git.ts";
import { explainSigning, signingSettings } from "./sign-commit.ts";

type Signal = AbortSignal | undefined;
type Request = Pick<GitRequest, "arguments" | "input" | "environment" | "settings">;

/**
 * Five calls of git, however many files: list the parent's, write the new texts, make an index of both, write it as a
 * tree, and the commit. No filter of the repository or the person touches a text.
 */
export async function makeCommit(
  clone: GitClone,
  options: Pick<GitRepositoryOptions, "author" | "signing">,
  parent: BranchHead,
  { files, message }: NewCommit,
  signal: Signal,
): Promise<string> {
  const tree = await readCommit(clone, parent, signal, (found) => Promise.resolve(found));
  const texts = findTexts(clone, tree, files);
  const scratch = nameBeside(clone.folder, "commit", randomUUID());
  const ask = async (request: Request, explain = explainGitFailure) => {
    const answer = await askClone(clone, request, signal);
    if (answer.kind !== "done") throw explain(answer, "make a commit for", clone.name);
    return answer.output.toString().trim();
  };
  await mkdir(scratch);
  try {
    const ids = await writeTexts(scratch, [...texts.values()], ask);
    const changed = new Map([...texts.keys()].map((entry, index) => [entry.path, { ...entry, id: ids[index] ?? "" }]));
    const environment = { GIT_INDEX_FILE: join(scratch, "index") };
    const input = [...tree.values()].map((entry) => indexLine(changed.get(entry.path) ?? entry)).join("");
    await ask({ arguments: ["update-index", "-z", "--index-info"], environment, input });
    const treeId = await ask({ arguments: ["write-tree"], environment });
    const request = commitRequest(options, treeId, parent.commit, message);
    return await ask(request, options.signing === undefined ? explainGitFailure : explainSigning);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** By the file that is meant, which two paths may name. */
function findTexts(clone: GitClone, tree: CommitTree, files: NewCommit["files"]): ReadonlyMap<TreeEntry, string> {
  const texts = new Map<TreeEntry, string>();
  for (const { path, text } of files) {
    const entry = findFile(tree, path, (id) => readBlobSync(clone.folder, id)?.toString());
    if (!("mode" in entry)) throw new Error(`${path} is no file of ${clone.name}, so it cannot be changed`);
    if ((texts.get(entry) ?? text) !== text) throw new Error(`${entry.path} shall become two different texts`);
    texts.set(entry, text);
  }
  return texts;
}

async function writeTexts(
  scratch: string,
  texts: readonly string[],
  ask: (request: Request) => Promise<string>,
): Promise<readonly string[]> {
  const paths = texts.map((_text, index) => join(scratch, String(index)));
  await Promise.all(paths.map((path, index) => writeFile(path, texts[index] ?? "")));
  const input = paths.map((path) => `${JSON.stringify(path)}\n`).join("");
  const ids = await ask({ arguments: ["hash-object", "-w", "--no-filters", "--stdin-paths"], input });
  return ids.split("\n");
}

function indexLine({ mode, id, path }: TreeEntry): string {
  return `${mode} ${id}\t${path}\0`;
}

function commitRequest(
  { author: { name, email }, signing }: Pick<GitRepositoryOptions, "author" | "signing">,
  treeId: string,
  parent: string,
  message: string,
): Request {
  const signed = signing === undefined ? "--no-gpg-sign" : "-S";
  return {
    arguments: ["commit-tree", signed, "-p", parent, "-F", "-", treeId],
    input: message,
    settings: [["i18n.commitEncoding", "UTF-8"], ...(signing === undefined ? [] : signingSettings(signing))],
    environment: {
      GIT_AUTHOR_NAME: name,
      GIT_AUTHOR_EMAIL: email,
      GIT_COMMITTER_NAME: name,
      GIT_COMMITTER_EMAIL: email,
    },
  };
}
