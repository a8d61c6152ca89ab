/**
 * One branch of a git repository, to read and to write. It has a bare clone under the work folder, shallow at first and
 * kept; there is no work tree, so nothing that the repository brings along takes effect here. Failures throw a TalosError
 * `source-unreadable` (`retryable` when they may pass), but for a push, whose outcome is a value.
 */
import type { Secret } from "../telemetry/secret.ts";
import type { SourceSnapshot } from "./source-snapshot.ts";

export interface GitRepositoryOptions {
  /** As configured: https, ssh, `git@host:path`, file or a path. Holds no secret. */
  readonly url: string;
  /** undefined: the branch that the repository calls its own, asked for each time. */
  readonly branch: string | undefined;
  /** The folder of all clones. */
  readonly workFolder: string;
  readonly account: GitAccount;
  readonly author: { readonly name: string; readonly email: string };
  readonly signing: { readonly format: "ssh" | "gpg"; readonly key: string } | undefined;
  /** Of one call of git. */
  readonly deadlineSeconds: number;
  /** A line about what went wrong and was mended: a damaged clone was made anew. */
  readonly onNotice?: (text: string) => void;
}

export interface GitAccount {
  /** For HTTPS, with `token`. */
  readonly username: string;
  /** undefined: as git is set up on this machine. */
  readonly token: Secret | undefined;
  /** For SSH; undefined: as OpenSSH decides. */
  readonly identityFile: string | undefined;
  readonly knownHostsFile: string | undefined;
}

export interface BranchHead {
  readonly branch: string;
  /** In full. */
  readonly commit: string;
}

export interface CommitSnapshot extends SourceSnapshot {
  readonly head: BranchHead;
}

export interface CommitChange {
  readonly parents: readonly string[];
  /**
   * Of what it changes against its first parent: the same for a commit that was rebased, squashed, picked, or is the merge
   * of one. undefined: it has no parent, or changes nothing, or very much.
   */
  readonly digest: string | undefined;
}

export interface NewCommit {
  readonly parent: string;
  /** Paths from the root, as `SourceSnapshot.text` takes them: links are followed, modes stay. */
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly message: string;
}

export type PushOutcome =
  | { readonly kind: "pushed" }
  /** The branch is somewhere else than expected; nothing was pushed. */
  | { readonly kind: "moved" }
  /** The server will not take it: no right to push, protected branch, a hook of its own. `retryable` false. */
  | { readonly kind: "refused"; readonly text: string; readonly hint: string | undefined }
  /** Nobody knows whether it arrived: the network or the server failed. */
  | { readonly kind: "uncertain"; readonly text: string };

export interface GitRepository {
  /** The URL, with `#branch` where one is set; no secrets. */
  readonly name: string;
  /** One `git ls-remote`. */
  readHead(signal?: AbortSignal): Promise<BranchHead>;
  /** Where a branch is that has moved on from `head`: like `readHead`, and fetched by the same call. */
  refresh(head: BranchHead, signal?: AbortSignal): Promise<BranchHead>;
  /** The files of that commit; fetched unless the clone has it already. */
  open(head: BranchHead, signal?: AbortSignal): Promise<CommitSnapshot>;
  /** Writes a commit into the clone, signed when configured; gives its id. Nothing is pushed. */
  makeCommit(commit: NewCommit, signal?: AbortSignal): Promise<string>;
  /** Never forces. `commit` was made on `head.commit`, where the branch must still be. */
  push(commit: string, head: BranchHead, signal?: AbortSignal): Promise<PushOutcome>;
  /**
   * Whether the branch at `head` contains a commit that was made at `madeMs`. As much history is fetched as
   * that takes.
   */
  contains(head: BranchHead, commit: string, madeMs: number, signal?: AbortSignal): Promise<boolean>;
  /**
   * What a commit changes; what is not known of it is fetched from that branch. undefined: it is not there. `commit` may
   * be any text from outside, `branch` is one that is known.
   */
  readChange(commit: string, branch: string, signal?: AbortSignal): Promise<CommitChange | undefined>;
  /** The commit of another branch of the remote; undefined: there is no such branch. */
  readBranch(branch: string, signal?: AbortSignal): Promise<string | undefined>;
  /**
   * Puts a branch of Talos's own (`talos/…`) to a commit, wherever it was, provided that it still is at `expected`
   * (undefined: does not exist). Throws for any other name.
   */
  putOwnBranch(
    branch: string,
    commit: string,
    expected: string | undefined,
    signal?: AbortSignal,
  ): Promise<PushOutcome>;
  /** Removes a branch of Talos's own; fine when it is gone. Throws when it is not at `expected` any more. */
  deleteOwnBranch(branch: string, expected: string, signal?: AbortSignal): Promise<void>;
  /** Whether a push would be allowed, by a dry run that changes nothing. undefined: it would. */
  checkPush(signal?: AbortSignal): Promise<string | undefined>;
}
