import type { GitAccount } from "./git-repository.ts";
import { checkGitUrl, gitCredentials } from "./git-url.ts";
import type { GitRequest } from "./run-git.ts";
import { sshCommand } from "./ssh-command.ts";

/** Where a repository is, and what git needs to get in. */
export interface GitRemote {
  /** Without secrets. */
  readonly url: string;
  /** For every call of git that speaks with it. */
  readonly access: Required<Pick<GitRequest, "settings" | "environment">>;
}

/** A server that sends less than a byte in this time has hung. */
const silenceSeconds = 60;

/** Throws a TalosError for a URL that is not taken. */
export function gitRemote(text: string, account: GitAccount): GitRemote {
  const { url, protocol, credentials } = checkGitUrl(text);
  const isWeb = protocol === "https" || protocol === "http";
  const { settings = [], environment = {} } =
    isWeb && account.token !== undefined
      ? gitCredentials(new URL(url), account.username, account.token.reveal())
      : credentials;
  const ssh = protocol === "ssh" ? sshCommand(account) : undefined;
  return {
    url,
    access: {
      settings: [["http.lowSpeedLimit", "1"], ["http.lowSpeedTime", String(silenceSeconds)], ...settings],
      environment: {
        ...environment,
        GIT_ALLOW_PROTOCOL: protocol,
        ...(ssh === undefined ? {} : { GIT_SSH_COMMAND: ssh, GIT_SSH_VARIANT: "ssh" }),
      },
    },
  };
}
