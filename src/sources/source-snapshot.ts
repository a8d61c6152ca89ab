import type { SourceText } from "../files/source-text.ts";

/** One state of a source: a folder as it is now, or one commit of a repository. */
export interface SourceSnapshot {
  /** What the person called it, without secrets. */
  readonly name: string;
  /** The real folder, absolute; undefined: nothing can be written here, as it is a commit somewhere else. */
  readonly root: string | undefined;
  /** Every file from the root, with forward slashes, sorted. Links are there too: whether they may be read, `text` says. */
  readonly paths: readonly string[];
  readonly text: SourceText;
  readonly isGitWorkTree: boolean;
}
