import { shortImage } from "../../images/short-image.ts";
import { oneLine } from "./one-line.ts";

/** One reference that a commit changes. `from` and `to` are whole image texts. */
export interface CommittedChange {
  readonly file: string;
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

export interface CommitMessageOptions {
  /** `GitSettings.CommitSubject`; undefined: the usual one. */
  readonly subject?: string | undefined;
  /** Stands before the subject, as written: `chore: `. */
  readonly prefix?: string | undefined;
  /** `ada (discord)`: who allowed it. */
  readonly approvers?: readonly string[];
}

const usualSubject = "[Talos] Updating images";

/**
 * The message of a commit: what it contains and nothing else, files in order of their paths, changes in the order they
 * come (delivery, section 4). No name, file or person can add a line or a trailer of their own.
 */
export function writeCommitMessage(changes: readonly CommittedChange[], options: CommitMessageOptions = {}): string {
  const files = [...new Set(changes.map(({ file }) => file))].sort();
  const lines = files.flatMap((file) => [
    formatFile(file),
    ...changes
      .filter((change) => change.file === file)
      .map(({ name, from, to }) => `  ${oneLine(name)}: ${oneLine(shortImage(from))} -> ${oneLine(shortImage(to))}`),
  ]);
  const approvers = [...new Set((options.approvers ?? []).map(oneLine))].filter((approver) => approver !== "");
  const trailers = approvers.map((approver) => `Approved-by: ${approver}`);
  return [formatSubject(options), "", ...lines, ...(trailers.length === 0 ? [] : ["", ...trailers]), ""].join("\n");
}

function formatSubject({ subject, prefix = "" }: CommitMessageOptions): string {
  return oneLine(`${prefix}${subject === undefined || oneLine(subject) === "" ? usualSubject : subject}`);
}

/** A path that git could take for a trailer, a comment or the end of the message begins with `./`. */
function formatFile(file: string): string {
  const path = oneLine(file);
  return /^[\p{L}\p{N}._/]/u.test(path) && !/^[\w-]+\s*:/.test(path) ? path : `./${path}`;
}
