import { openFolder } from "./open-folder.ts";
import { type GitUrlOptions, openGitUrl } from "./open-git-url.ts";
import { parseTarget } from "./parse-target.ts";
import type { SourceSnapshot } from "./source-snapshot.ts";

/** Opens what a person names on the command line: a folder, a file, or the URL of a git repository with `#branch`. */
export function openTarget(text: string, options: Omit<GitUrlOptions, "branch">): Promise<SourceSnapshot> {
  const target = parseTarget(text);
  switch (target.kind) {
    case "path":
      return openFolder(target.path, options.signal);
    case "git":
      return openGitUrl(target.url, { ...options, branch: target.branch });
  }
}
