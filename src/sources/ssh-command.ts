import { shellQuote } from "../programs/shell-quote.ts";
import { sshPath } from "../programs/ssh-path.ts";
import type { GitAccount } from "./git-repository.ts";

const connectSeconds = 15;

/**
 * The line of shell that git runs as ssh, with exactly the key and the known hosts that are configured. undefined: neither
 * is, so that the person's own `core.sshCommand` stays.
 */
export function sshCommand(account: Pick<GitAccount, "identityFile" | "knownHostsFile">): string | undefined {
  const { identityFile, knownHostsFile } = account;
  if (identityFile === undefined && knownHostsFile === undefined) return undefined;
  const options = [
    // Not -i: that silently takes the usual keys instead of one that is not there.
    ...(identityFile === undefined ? [] : [`IdentityFile=${sshPath(identityFile)}`, "IdentitiesOnly=yes"]),
    ...(knownHostsFile === undefined
      ? []
      : [`UserKnownHostsFile=${sshPath(knownHostsFile)}`, "GlobalKnownHostsFile=/dev/null"]),
    "StrictHostKeyChecking=yes",
    "BatchMode=yes",
    `ConnectTimeout=${connectSeconds}`,
    `ServerAliveInterval=${connectSeconds}`,
  ];
  return ["ssh", ...options.flatMap((option) => ["-o", option])].map(shellQuote).join(" ");
}
