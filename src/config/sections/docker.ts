import { z } from "zod";
import { boolean, choice, integer, keyFile, leaf, text } from "../setting-types.ts";

const sshConfig = z
  .strictObject({
    Host: text().describe("The name or address of the machine."),
    Port: integer(1, 65_535).default(22).describe("The port of its SSH server."),
    User: text().optional().describe("The user there, who must be allowed to use Docker; not set: as OpenSSH decides."),
    IdentityFile: keyFile().describe("The private key to sign in with."),
    KnownHostsFile: text().optional().describe("Where host keys are looked up; not set: OpenSSH's own files."),
    HostKey: text()
      .optional()
      .describe("The host's public key (`ssh-ed25519 AAAA…`), instead of a file of known hosts."),
    Password: refusedPassword().optional().describe("Refused: hosts are reached with keys; use IdentityFile."),
  })
  .optional()
  .describe("How a remote host is reached; not set: the engine is on this machine.");

const dockerHost = z.strictObject({
  DockerVersion: choice("V1", "V2")
    .default("V2")
    .describe("The compose command: V1 is `docker-compose`, V2 is `docker compose`."),
  Socket: text().default("/var/run/docker.sock").describe("The engine's socket, on that host."),
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

/** The local engine must never be taken for a remote one because the way to sign in is not understood. */
function refusedPassword() {
  const problem = "is refused: hosts are reached with keys; remove it and set IdentityFile";
  return leaf({ type: "string", deprecated: true, writeOnly: true }, () => ({ problem }));
}
