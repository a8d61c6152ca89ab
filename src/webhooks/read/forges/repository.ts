import { optionalText } from "../fields.ts";
import { addresses } from "../read-push.ts";

/** How GitHub, Gitea and Forgejo name a repository. */
export const repository = {
  html_url: optionalText,
  clone_url: optionalText,
  ssh_url: optionalText,
  git_url: optionalText,
};

interface Repository {
  readonly html_url?: string | undefined;
  readonly clone_url?: string | undefined;
  readonly ssh_url?: string | undefined;
  readonly git_url?: string | undefined;
}

export function urlsOf({ clone_url, ssh_url, html_url, git_url }: Repository): readonly string[] {
  return addresses(clone_url, ssh_url, html_url, git_url);
}
