import { homedir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sshCommand } from "./ssh-command.ts";

test("the person's own settings stay where neither a key nor known hosts are configured", () => {
  expect(sshCommand({ identityFile: undefined, knownHostsFile: undefined })).toBeUndefined();
});

test("a key is the only one that is used, and hosts are always checked", () => {
  const command = sshCommand({ identityFile: "~/my key", knownHostsFile: undefined });
  expect(command).toContain(`'IdentityFile="${join(homedir(), "my key")}"' '-o' 'IdentitiesOnly=yes'`);
  expect(command).toContain("'StrictHostKeyChecking=yes' '-o' 'BatchMode=yes'");
  expect(command).not.toContain("KnownHostsFile");
});

test("known hosts are looked up in that file alone", () => {
  const command = sshCommand({ identityFile: undefined, knownHostsFile: "/a/100%/it's" });
  expect(command).toContain(`'UserKnownHostsFile="/a/100%%/it'\\''s"' '-o' 'GlobalKnownHostsFile=/dev/null'`);
  expect(command).not.toContain("Identit");
});
