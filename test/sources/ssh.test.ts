import { join } from "node:path";
import { expect, test } from "vitest";
import type { GitAccount } from "../../src/sources/git-repository.ts";
import { describeWith } from "../parties/describe-with.ts";
import { type SshServer, sshServer } from "../parties/ssh-server.ts";
import { nobody, withRepository } from "./with-repository.ts";

async function withSshServer() {
  await using stack = new AsyncDisposableStack();
  const world = stack.use(await withRepository());
  const server = stack.use(await sshServer());
  const all = stack.move();
  const open = (account: (server: SshServer) => Partial<GitAccount>) =>
    world.open({ url: server.url(world.remote), account: { ...nobody, ...account(server) } });
  return { world, server, open, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

describeWith(["sshd", "ssh"], "a repository over SSH", () => {
  test("is read and written with the configured key and known hosts", async () => {
    await using ssh = await withSshServer();
    const repository = ssh.open(({ clientKeyFile, knownHostsFile }) => ({
      identityFile: clientKeyFile,
      knownHostsFile,
    }));
    const head = await repository.readHead();
    expect((await repository.open(head)).text("compose.yml")).toEqual({ kind: "text", text: "one\n" });
    await expect(repository.checkPush()).resolves.toBeUndefined();
    const files = [{ path: "compose.yml", text: "two\n" }];
    const commit = await repository.makeCommit({ parent: head.commit, files, message: "Update" });
    await expect(repository.push(commit, head)).resolves.toEqual({ kind: "pushed" });
    expect(await repository.readHead()).toEqual({ branch: "main", commit });
  });

  test("is not read when the host or the key is not the right one, and nobody is asked", async () => {
    await using ssh = await withSshServer();
    const denied = (account: (server: SshServer) => Partial<GitAccount>, message: RegExp) =>
      expect(ssh.open(account).readHead()).rejects.toMatchObject({
        code: "source-unreadable",
        retryable: false,
        message: expect.stringMatching(message),
      });
    const identity = (server: SshServer) => ({ identityFile: server.clientKeyFile });
    await denied(
      (server) => ({ ...identity(server), knownHostsFile: server.emptyKnownHostsFile }),
      /key is not known here$/,
    );
    await denied((server) => ({ ...identity(server), knownHostsFile: server.wrongKnownHostsFile }), /key has changed/);
    const known = (server: SshServer) => ({ knownHostsFile: server.knownHostsFile });
    await denied((server) => ({ ...known(server), identityFile: server.otherKeyFile }), /access was denied/);
    const absent = join(ssh.world.folder.path, "absent");
    await denied((server) => ({ ...known(server), identityFile: absent }), /access was denied/);
  });
});
