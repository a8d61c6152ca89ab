import { expect, test } from "vitest";
import { explainSsh } from "./explain-ssh.ts";
import type { SshTarget } from "./ssh-target.ts";

const target: SshTarget = {
  host: "nas.lan",
  port: 2222,
  user: "talos",
  identityFile: "/keys/nas",
  knownHosts: { kind: "usual" },
};

const changed = `@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@
@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @
@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@
Host key for [nas.lan]:2222 has changed and you have requested strict checking.
Host key verification failed.`;

test.each([
  {
    said: "No ED25519 host key is known for [nas.lan]:2222 and you have requested strict checking.\r\nHost key verification failed.\r\n",
    reason: "the host key of nas.lan:2222 is not known",
    isLasting: true,
  },
  {
    said: changed,
    reason: "nas.lan:2222 shows another host key than the known one: it was set up anew, or somebody stands in between",
    isLasting: true,
  },
  {
    said: "talos@nas.lan: Permission denied (publickey).",
    reason: "nas.lan:2222 does not let talos in with the key /keys/nas",
    isLasting: true,
  },
  {
    said: 'Load key "/keys/nas": error in libcrypto\ntalos@nas.lan: Permission denied (publickey).',
    reason: "/keys/nas cannot be used as a key: error in libcrypto",
    isLasting: true,
  },
  {
    said: "@ WARNING: UNPROTECTED PRIVATE KEY FILE! @\nPermissions 0644 for '/keys/nas' are too open.\nLoad key \"/keys/nas\": bad permissions\ntalos@nas.lan: Permission denied (publickey).",
    reason: "others may read /keys/nas, so ssh does not use it",
    isLasting: true,
  },
  {
    said: "ssh: connect to host nas.lan port 2222: Connection refused",
    reason: "nothing answers on nas.lan:2222",
    isLasting: false,
  },
  {
    said: "ssh: connect to host nas.lan port 2222: Connection timed out",
    reason: "nas.lan:2222 does not answer",
    isLasting: false,
  },
  {
    said: "Connection timed out during banner exchange\nConnection to 10.0.0.1 port 2222 timed out",
    reason: "nas.lan:2222 does not answer",
    isLasting: false,
  },
  {
    said: "ssh: connect to host nas.lan port 2222: No route to host",
    reason: "there is no way to nas.lan:2222",
    isLasting: false,
  },
  {
    said: "ssh: Could not resolve hostname nas.lan: Name or service not known",
    reason: "there is no machine named nas.lan",
    isLasting: false,
  },
  { said: "Timeout, server nas.lan not responding.", reason: "nas.lan:2222 no longer answers", isLasting: false },
  {
    said: "Connection to nas.lan closed by remote host.",
    reason: "nas.lan:2222 closed the connection",
    isLasting: false,
  },
  {
    said: "kex_exchange_identification: Connection closed by remote host",
    reason: "nas.lan:2222 closed the connection",
    isLasting: false,
  },
  {
    said: "Unable to negotiate with 10.0.0.1 port 2222: no matching host key type found. Their offer: ssh-rsa",
    reason: "ssh and nas.lan:2222 have no way of encryption in common",
    isLasting: true,
  },
  {
    said: "unix_listener: cannot bind to path /data/ssh/e: Read-only file system\nCould not request local forwarding.",
    reason: "ssh could not listen on this machine",
    isLasting: false,
  },
  { said: "sh: 1: exec: ssh: not found", reason: "there is no ssh on this machine", isLasting: true },
  {
    said: "command-line: line 0: Bad configuration option: sessiontype",
    reason: "ssh refuses its configuration: command-line: line 0: Bad configuration option: sessiontype",
    isLasting: true,
  },
  { said: "hello\nsomething new\n", reason: "ssh says: something new", isLasting: false },
  { said: "", reason: "the SSH connection ended without a word", isLasting: false },
])("ssh saying $said means: $reason", ({ said, reason, isLasting }) => {
  expect(explainSsh(said, target)).toMatchObject({ reason, isLasting });
});

test("the advice for an unknown key is the command that shows it, and where to put it", () => {
  const said = "Host key verification failed.";
  expect(explainSsh(said, target).hint).toContain("`ssh-keyscan -t ed25519 -p 2222 nas.lan`");
  expect(explainSsh(said, target).hint).toContain("set HostKey");
  const withFile = { ...target, knownHosts: { kind: "file", path: "/keys/known" } } as const;
  expect(explainSsh(said, withFile).hint).toContain("put its line in /keys/known");
});
