import { access, constants } from "node:fs/promises";
import { absolutePath } from "../../programs/ssh-path.ts";
import { type HostProblem, passing } from "../host-problem.ts";
import type { SshSettings } from "../host-settings.ts";

/** How ssh reaches a host. The configuration has made sure that its words are none that ssh reads otherwise. */
export interface SshTarget {
  /** A name, an address, or an alias of the user's own ssh configuration. */
  readonly host: string;
  readonly port: number;
  readonly user: string | undefined;
  readonly identityFile: string;
  readonly knownHosts:
    | { readonly kind: "usual" }
    | { readonly kind: "file"; readonly path: string }
    /** `ssh-ed25519 AAAA…` */
    | { readonly kind: "pinned"; readonly key: string };
}

export function readSshTarget(settings: SshSettings): SshTarget {
  return {
    host: /^\[(.*)\]$/.exec(settings.Host)?.[1] ?? settings.Host,
    port: settings.Port,
    user: settings.User,
    identityFile: absolutePath(settings.IdentityFile),
    knownHosts: readKnownHosts(settings),
  };
}

/** undefined: all files can be read. */
export async function findFileProblem({ identityFile, knownHosts }: SshTarget): Promise<HostProblem | undefined> {
  const fault = await whyUnreadable(identityFile);
  if (fault !== undefined)
    return passing(`its IdentityFile ${identityFile} ${fault}`, "name the private key that the host lets in");
  if (knownHosts.kind !== "file") return undefined;
  const other = await whyUnreadable(knownHosts.path);
  if (other === undefined) return undefined;
  return passing(`its KnownHostsFile ${knownHosts.path} ${other}`, "put the host's public key there, or set HostKey");
}

function readKnownHosts({ HostKey, KnownHostsFile }: SshSettings): SshTarget["knownHosts"] {
  if (HostKey !== undefined) return { kind: "pinned", key: HostKey };
  return KnownHostsFile === undefined ? { kind: "usual" } : { kind: "file", path: absolutePath(KnownHostsFile) };
}

async function whyUnreadable(path: string): Promise<string | undefined> {
  try {
    await access(path, constants.R_OK);
    return undefined;
  } catch (error) {
    const isAbsent = error instanceof Error && "code" in error && error.code === "ENOENT";
    return isAbsent ? "is not there" : "cannot be read";
  }
}
