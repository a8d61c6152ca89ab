import { isIPv6 } from "node:net";
import { z } from "zod";
import { parseHostKey } from "../parse-host-key.ts";
import { boolean, choice, integer, keyFile, leaf, text } from "../setting-types.ts";

const sshConfig = z
  .strictObject({
    Host: sshHost().describe("The name or address of the machine, or its name in OpenSSH's configuration."),
    Port: integer(1, 65_535).default(22).describe("The port of its SSH server."),
    User: sshUser()
      .optional()
      .describe("The user there, who must be allowed to use Docker; not set: as OpenSSH decides."),
    IdentityFile: keyFile().describe(
      "The private key to sign in with; without one the host cannot be reached, and this machine's engine is never taken instead.",
    ),
    KnownHostsFile: text()
      .optional()
      .describe("Where host keys are looked up; not set: OpenSSH's own files. Not together with HostKey."),
    HostKey: hostKey()
      .optional()
      .describe("The host's public key (`ssh-ed25519 AAAA…`), instead of a file of known hosts."),
    Password: refusedPassword().optional().describe("Refused: hosts are reached with keys; use IdentityFile."),
  })
  .optional()
  // A section whose keys are missing or commented out must not mean the engine of this machine.
  .meta({ countsWhenEmpty: true })
  .describe("How a remote host is reached; not set: the engine is on this machine.");

const dockerHost = z.strictObject({
  DockerVersion: choice("V1", "V2")
    .default("V2")
    .describe("The compose command: V1 is `docker-compose`, V2 is `docker compose`."),
  Socket: socketPath().default("/var/run/docker.sock").describe("The engine's socket, on that host."),
  ForceRecreateOnUp: boolean().default(false).describe("Recreate containers on `up` even when nothing changed."),
  SSHConfig: sshConfig,
  Host: text()
    .optional()
    .meta({ deprecated: true })
    .describe("Has no effect: where a host is, is said by SSHConfig.Host."),
});

export const dockerSettings = z
  .strictObject({
    Hosts: z
      .record(z.string(), dockerHost)
      .default({})
      .describe("Docker engines, local or over SSH, by the name people pick them by."),
  })
  .prefault({})
  .describe("The Docker hosts.");

function socketPath() {
  return leaf({ type: "string", pattern: "^/" }, (written) =>
    /^\/\P{C}+$/u.test(written)
      ? { value: written }
      : { problem: `must be an absolute path such as /var/run/docker.sock, not \`${written}\`` },
  );
}

/** What ssh takes on its command line and in its options, and nothing that would mean more there. */
function sshHost() {
  return leaf({ type: "string" }, (written) => {
    const address = /^\[(.*)\]$/.exec(written)?.[1] ?? written;
    if (isIPv6(address.replace(/%[\w.-]+$/, "")) || /^[A-Za-z0-9_][\w.-]*$/.test(address)) return { value: address };
    return {
      problem: `must be a name or an address alone (Port and User are settings of their own), not \`${written}\``,
    };
  });
}

function sshUser() {
  return leaf({ type: "string" }, (written) =>
    /^[A-Za-z0-9_][\w.@+\\-]*\$?$/.test(written)
      ? { value: written }
      : { problem: `must be the name of a user, not \`${written}\`` },
  );
}

function hostKey() {
  return leaf({ type: "string", examples: ["ssh-ed25519 AAAA…"] }, parseHostKey);
}

/** The local engine must never be taken for a remote one because the way to sign in is not understood. */
function refusedPassword() {
  const problem = "is refused: hosts are reached with keys; remove it and set IdentityFile";
  return leaf({ type: "string", deprecated: true, writeOnly: true }, () => ({ problem }));
}
