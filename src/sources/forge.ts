/**
 * The API of a git server for merge requests (pull requests), and where its pages are. A forge speaks with the token of
 * its own host only, and follows no redirect to another host. Failures throw a TalosError `forge-failed`.
 */
export type ForgeType = "GitLab" | "GitHub" | "Gitea" | "Forgejo" | "Generic";

export interface MergeRequest {
  readonly number: number;
  /** The page of it. */
  readonly url: string;
  readonly branch: string;
  readonly state: "open" | "merged" | "closed";
  readonly title: string;
}

export interface MergeRequestText {
  readonly title: string;
  /** Markdown. */
  readonly body: string;
}

export interface Forge {
  /** The one from that branch to `target`: the open one, or else the newest; undefined: none. */
  find(branch: string, target: string, signal?: AbortSignal): Promise<MergeRequest | undefined>;
  open(branch: string, target: string, text: MergeRequestText, signal?: AbortSignal): Promise<MergeRequest>;
  update(number: number, text: MergeRequestText, signal?: AbortSignal): Promise<void>;
  /** Says why in a comment, and closes. */
  close(number: number, comment: string, signal?: AbortSignal): Promise<void>;
}
