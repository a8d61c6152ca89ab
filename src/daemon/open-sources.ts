import type { Config } from "../config/schema.ts";
import { type WatchedRepository, watchedRepositories } from "../config/watched-repositories.ts";
import type { Source } from "../delivery/delivery-ports.ts";
import { cloneFolder } from "../sources/clone-folder.ts";
import type { Forge } from "../sources/forge.ts";
import { commitUrl } from "../sources/forges/commit-url.ts";
import { guessForgeType } from "../sources/forges/guess-forge-type.ts";
import { openForge } from "../sources/forges/open-forge.ts";
import { openGitRepository } from "../sources/open-git-repository.ts";
import { TalosError } from "../talos-error.ts";

/** The repositories of the configuration, ready to be read and written. Nothing is started or asked yet.
 * Throws a TalosError for one whose merge requests cannot be opened. */
export function openSources(config: Config, onNotice: (text: string) => void): readonly Source[] {
  const workFolder = cloneFolder(config);
  return watchedRepositories(config).map((watched) => openSource(watched, config, workFolder, onNotice));
}

const longestAnswerSeconds = 30;

function openSource(
  watched: WatchedRepository,
  config: Config,
  workFolder: string,
  onNotice: (text: string) => void,
): Source {
  const { id, url, branch, account, author, signing, settings, cooldownSeconds, commitSubject } = watched;
  const type = watched.hostType ?? guessForgeType(url);
  const repository = openGitRepository({
    url,
    branch,
    workFolder,
    account,
    author,
    signing,
    deadlineSeconds: config.CommandSettings.DefaultTimeoutSeconds,
    onNotice,
  });
  return {
    id,
    url,
    branch,
    repository,
    forge: openRequests(watched, config),
    settings,
    cooldownSeconds,
    commitSubject,
    commitUrl: (commit) => commitUrl(type, url, commit),
  };
}

/** The type of a server is guessed only here, so that this is where one is refused that has no merge requests. */
function openRequests(
  { id, url, hostType, apiUrl, account, createMergeRequests }: WatchedRepository,
  { CommandSettings }: Config,
): Forge | undefined {
  if (!createMergeRequests) return undefined;
  const what = `Merge requests cannot be opened for ${id}`;
  if (account.token === undefined)
    throw new TalosError("config-invalid", `${what}: there is no token to sign in with`, {
      hint: "Set the Token of its Host, or CreateMergeRequestsForPushes to false.",
    });
  const forge = openForge({
    type: hostType,
    repositoryUrl: url,
    apiUrl,
    token: account.token,
    deadlineSeconds: Math.min(longestAnswerSeconds, CommandSettings.DefaultTimeoutSeconds),
  });
  if (forge === undefined)
    throw new TalosError("config-invalid", `${what}: its address does not tell what kind of server it is`, {
      hint: "Set the Type of its Host to GitLab, GitHub, Gitea or Forgejo, or CreateMergeRequestsForPushes to false.",
    });
  return forge;
}
