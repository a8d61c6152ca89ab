import { shellQuote } from "../../programs/shell-quote.ts";
import { sshPath } from "../../programs/ssh-path.ts";
import type { SshTarget } from "./ssh-target.ts";

/** Files of one connection, in a folder of this user alone. */
export interface SshFiles {
  /** Where further sessions join the connection. */
  readonly controlSocket: string;
  /** Leads to the engine. */
  readonly engineSocket: string;
  /** With the pinned key, where one is. */
  readonly pinnedKeys: string;
}

/** In a known_hosts file of its own a host needs no better name. */
export const pinnedName = "talos-host";

/** How long a host may be silent. */
export interface SshPatience {
  /** While it is being connected to. */
  readonly connectSeconds: number;
  /** Afterwards it is noticed after three times as long. */
  readonly aliveSeconds: number;
}

/**
 * The one connection to a host: it runs no session itself, listens for further ones and for the engine, and ends with an error
 * where any of that fails. The user's own ssh configuration is read, for aliases and jump hosts; what is said here wins.
 */
export function connectionArguments(
  target: SshTarget,
  files: SshFiles,
  socketThere: string,
  patience: SshPatience,
): readonly string[] {
  const options = [
    ...strictOptions,
    `IdentityFile=${sshPath(target.identityFile)}`,
    ...knownHostsOptions(target, files),
    ...(target.user === undefined ? [] : [`User=${target.user}`]),
    `Port=${target.port}`,
    `ConnectTimeout=${patience.connectSeconds}`,
    "ConnectionAttempts=1",
    `ServerAliveInterval=${patience.aliveSeconds}`,
    "ServerAliveCountMax=2",
    "ControlMaster=yes",
    `ControlPath=${sshPath(files.controlSocket)}`,
    "ControlPersist=no",
    "SessionType=none",
    "ExitOnForwardFailure=yes",
    "StreamLocalBindUnlink=yes",
    "StreamLocalBindMask=0177",
    `LocalForward=${forwardEnd(files.engineSocket)} ${forwardEnd(socketThere)}`,
  ];
  return ["ssh", ...options.flatMap((option) => ["-o", option]), "--", target.host];
}

/**
 * A command in a session of its own on that connection, and never on another one. It is for a POSIX shell, whichever the user
 * has there.
 */
export function sessionArguments(
  files: SshFiles,
  command: readonly string[],
  environment: Readonly<Record<string, string>>,
): readonly string[] {
  const settings = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  const line = ["exec", ...["env", ...settings, ...command].map(shellQuote)].join(" ");
  // Where the connection is gone, ssh would make one of its own: by way of a program that fails.
  const options = [`ControlPath=${sshPath(files.controlSocket)}`, "ControlMaster=no", "ProxyCommand=false"];
  const quiet = ["BatchMode=yes", "LogLevel=ERROR", "RequestTTY=no"];
  return [
    "ssh",
    "-F",
    "/dev/null",
    ...[...options, ...quiet].flatMap((option) => ["-o", option]),
    "--",
    pinnedName,
    line,
  ];
}

const strictOptions = [
  "BatchMode=yes",
  "StrictHostKeyChecking=yes",
  "IdentitiesOnly=yes",
  "PreferredAuthentications=publickey",
  "NoHostAuthenticationForLocalhost=no",
  "VerifyHostKeyDNS=no",
  "UpdateHostKeys=no",
  "ForwardAgent=no",
  "ForwardX11=no",
  "PermitLocalCommand=no",
  "RemoteCommand=none",
  "RequestTTY=no",
  "ForkAfterAuthentication=no",
  "AddKeysToAgent=no",
  "Tunnel=no",
  // What says why a connection failed is on this level.
  "LogLevel=INFO",
];

function knownHostsOptions({ knownHosts }: SshTarget, { pinnedKeys }: SshFiles): readonly string[] {
  if (knownHosts.kind === "usual") return [];
  const path = knownHosts.kind === "file" ? knownHosts.path : pinnedKeys;
  const options = [`UserKnownHostsFile=${sshPath(path)}`, "GlobalKnownHostsFile=/dev/null", "KnownHostsCommand=none"];
  return knownHosts.kind === "file" ? options : [...options, `HostKeyAlias=${pinnedName}`];
}

/** ssh reads a path of either end up to a colon or space, and fills in what stands behind `%`. */
function forwardEnd(path: string): string {
  return path.replaceAll("%", "%%").replaceAll(/[\\: "']/g, "\\$&");
}
