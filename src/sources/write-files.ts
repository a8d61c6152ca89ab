/**
 * Changes files in place, all or none: everything is checked first, then everything is written beside the originals,
 * and only then moved over them. A file that is no longer what the edits were made for is never overwritten.
 */
import { randomBytes } from "node:crypto";
import { access, constants, lstat, open, readFile, realpath, rename, rm } from "node:fs/promises";
import { basename, dirname, join, sep } from "node:path";
import { TalosError } from "../talos-error.ts";

export interface FileChange {
  /** From the root, with forward slashes. */
  readonly path: string;
  /** What the file holds now. */
  readonly expected: string;
  readonly text: string;
}

interface CheckedChange {
  readonly change: FileChange;
  /** Without links. */
  readonly real: string;
  readonly mode: number;
  readonly owner: { readonly user: number; readonly group: number };
}

/** Throws a TalosError `edit-refused` when any of them may not be written, or could not be; then none is. */
export async function writeFiles(root: string, changes: readonly FileChange[]): Promise<void> {
  const checked = mergeLinks(await Promise.all(changes.map((change) => checkChange(root, change))));
  const prepared: { readonly change: CheckedChange; readonly temporary: string }[] = [];
  const done: CheckedChange[] = [];
  try {
    for (const change of checked) prepared.push({ change, temporary: await writeBeside(change, change.change.text) });
    for (const { change, temporary } of prepared) {
      await rename(temporary, change.real);
      done.push(change);
    }
  } catch (cause) {
    const current = checked[done.length]?.change.path ?? root;
    await Promise.all(prepared.map(({ temporary }) => rm(temporary, { force: true })));
    for (const change of done) await rename(await writeBeside(change, change.change.expected), change.real);
    throw new TalosError("edit-refused", `Could not write ${current}: ${reasonOf(cause)}; nothing was changed`, {
      cause,
    });
  }
}

async function checkChange(root: string, change: FileChange): Promise<CheckedChange> {
  try {
    const base = await realpath(root);
    const real = await realpath(join(base, change.path));
    if (!real.startsWith(base.endsWith(sep) ? base : base + sep))
      throw refuse(change.path, "it leads out of the folder", "Edit the file where it really is.");
    await access(real, constants.W_OK);
    const stats = await lstat(real);
    if (!stats.isFile()) throw refuse(change.path, "it is not a regular file");
    if (!(await readFile(real)).equals(Buffer.from(change.expected)))
      throw refuse(change.path, "it has changed since it was read", "Run the command again.");
    return { change, real, mode: stats.mode & 0o7777, owner: { user: stats.uid, group: stats.gid } };
  } catch (cause) {
    if (cause instanceof TalosError) throw cause;
    throw refuse(change.path, reasonOf(cause), undefined, cause);
  }
}

/** Two paths to one file are one change, provided that they agree. */
function mergeLinks(checked: readonly CheckedChange[]): readonly CheckedChange[] {
  const byFile = new Map<string, CheckedChange>();
  for (const next of checked) {
    const first = byFile.get(next.real);
    if (first !== undefined && first.change.text !== next.change.text)
      throw refuse(next.change.path, `it is the same file as ${first.change.path}, which is changed differently`);
    byFile.set(next.real, first ?? next);
  }
  return [...byFile.values()];
}

/** In the same folder, so that moving it over the original is one step. */
async function writeBeside({ real, mode, owner }: CheckedChange, text: string): Promise<string> {
  const temporary = join(dirname(real), `.${basename(real)}.talos-${randomBytes(6).toString("hex")}`);
  await using file = await open(temporary, "wx", 0o600);
  try {
    await file.writeFile(text);
    // Only root may give files away; anybody else owns what they write, as with every editor that saves by renaming.
    if (process.getuid?.() === 0) await file.chown(owner.user, owner.group);
    await file.chmod(mode);
    await file.sync();
    return temporary;
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

function refuse(path: string, reason: string, hint?: string, cause?: unknown): TalosError {
  return new TalosError("edit-refused", `${path} is not changed: ${reason}`, {
    ...(hint === undefined ? {} : { hint }),
    cause,
  });
}

function reasonOf(cause: unknown): string {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  switch (code) {
    case "ENOENT":
      return "the file is gone";
    case "EACCES":
    case "EPERM":
      return "the user Talos runs as may not write it";
    case "EROFS":
      return "the file system is read-only";
    case "ENOSPC":
      return "the disk is full";
    default:
      return cause instanceof Error ? cause.message : String(cause);
  }
}
