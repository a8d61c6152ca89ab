import { type HostProblem, lasting, passing } from "../host-problem.ts";
import type { SshTarget } from "./ssh-target.ts";

/** What ssh's error output says about a connection that failed or ended. Its wording is the same on all systems. */
export function explainSsh(complaint: string, target: SshTarget): HostProblem {
  for (const explanation of explanations) {
    const match = explanation.pattern.exec(complaint);
    if (match !== null) return explanation.explain(target, match);
  }
  const last = complaint.split(/[\r\n]+/).findLast((line) => line.trim() !== "");
  return passing(last === undefined ? "the SSH connection ended without a word" : `ssh says: ${last.trim()}`);
}

interface Explanation {
  readonly pattern: RegExp;
  explain(target: SshTarget, match: RegExpExecArray): HostProblem;
}

/** The first that matches counts: causes before what follows from them. */
const explanations: readonly Explanation[] = [
  {
    pattern: /REMOTE HOST IDENTIFICATION HAS CHANGED|host key .* has changed|HOST IDENTIFICATION/i,
    explain: (target) =>
      lasting(
        `${address(target)} shows another host key than the known one: it was set up anew, or somebody stands in between`,
        `find out which; then put the new key in the place of the old one. ${howToPin(target)}`,
      ),
  },
  {
    pattern: /No .*host key is known for|Host key verification failed/i,
    explain: (target) => lasting(`the host key of ${address(target)} is not known`, howToPin(target)),
  },
  {
    pattern: /UNPROTECTED PRIVATE KEY FILE|bad permissions/i,
    explain: ({ identityFile }) =>
      lasting(`others may read ${identityFile}, so ssh does not use it`, `\`chmod 600 ${identityFile}\``),
  },
  {
    pattern: /Load key .*: (.*)/,
    explain: ({ identityFile }, match) =>
      lasting(
        `${identityFile} cannot be used as a key: ${match[1]?.trim()}`,
        "it must be the private key, without a passphrase or known to the agent (SSH_AUTH_SOCK)",
      ),
  },
  {
    pattern: /Permission denied|Too many authentication failures|No supported authentication methods/i,
    explain: (target) =>
      lasting(
        `${address(target)} does not let ${target.user ?? "the user"} in with the key ${target.identityFile}`,
        "its public half belongs in ~/.ssh/authorized_keys of that user there; a key with a passphrase needs an agent",
      ),
  },
  {
    pattern: /Could not resolve hostname/i,
    explain: (target) => passing(`there is no machine named ${target.host}`, "see SSHConfig.Host"),
  },
  {
    pattern: /Connection refused/i,
    explain: (target) =>
      passing(`nothing answers on ${address(target)}`, "is its SSH server running, and SSHConfig.Port right?"),
  },
  {
    pattern: /No route to host|Network is unreachable|Host is down/i,
    explain: (target) => passing(`there is no way to ${address(target)}`, "is it switched on, and the network up?"),
  },
  {
    pattern: /Timeout, server .* not responding/i,
    explain: (target) =>
      passing(`${address(target)} no longer answers`, "is it still switched on, and the network up?"),
  },
  {
    pattern: /timed out|timeout/i,
    explain: (target) => passing(`${address(target)} does not answer`, "is it switched on, and SSHConfig.Port right?"),
  },
  {
    pattern: /no matching .* found|Unable to negotiate/i,
    explain: (target) =>
      lasting(`ssh and ${address(target)} have no way of encryption in common`, "one of both is very old: update it"),
  },
  {
    pattern: /Could not request local forwarding|cannot bind to path/i,
    explain: () =>
      passing(
        "ssh could not listen on this machine",
        "see LocalForward in your ssh configuration, and whether DataDirectory is full or read-only",
      ),
  },
  {
    pattern: /ssh: not found|ssh: No such file/i,
    explain: () => lasting("there is no ssh on this machine", "install the OpenSSH client"),
  },
  {
    pattern: /Bad configuration option|terminating, .* bad configuration|Bad owner or permissions/i,
    explain: (_, match) =>
      lasting(`ssh refuses its configuration: ${lineOf(match)}`, "see ~/.ssh/config, and use OpenSSH 8.7 or newer"),
  },
  {
    pattern: /closed by remote host|Connection reset|Connection closed|Broken pipe/i,
    explain: (target) => passing(`${address(target)} closed the connection`),
  },
];

/** For a person to look at, so it is checked by nothing: the words say so. */
function howToPin({ host, port, knownHosts }: SshTarget): string {
  const command = `\`ssh-keyscan -t ed25519 -p ${port} ${host}\``;
  const place =
    knownHosts.kind === "file" ? `put its line in ${knownHosts.path}` : "set HostKey to what stands behind the name";
  return `${command} shows it; compare it with the one on the machine itself, then ${place}, or set ${knownHosts.kind === "file" ? "HostKey" : "KnownHostsFile to a file with its line"}`;
}

function address({ host, port }: SshTarget): string {
  const name = host.includes(":") ? `[${host}]` : host;
  return port === 22 ? name : `${name}:${port}`;
}

function lineOf({ input, index }: RegExpExecArray): string {
  const start = input.lastIndexOf("\n", index) + 1;
  const end = input.indexOf("\n", index);
  return input.slice(start, end === -1 ? undefined : end).trim();
}
