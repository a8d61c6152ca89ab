import { chmod } from "node:fs/promises";
import { createServer } from "node:http";
import { delimiter, join } from "node:path";
import { expect, test } from "vitest";
import { followChanges } from "../../src/hosts/engine/follow-changes.ts";
import { openDocker } from "../../src/hosts/engine/open-docker.ts";
import { temporaryFolder } from "../parties/temporary-folder.ts";
import { fakeEngine } from "./fake-engine.ts";
import { localHost, noSignal, openTestHosts } from "./open-test-hosts.ts";

test("an engine whose changes a proxy holds back is given up, with the reason", async () => {
  await using folder = await temporaryFolder();
  const socket = join(folder.path, "engine.sock");
  using stack = new DisposableStack();
  const server = createServer(() => undefined);
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  stack.defer(() => {
    server.closeAllConnections();
    server.close();
  });
  const docker = await openDocker(socket, "1.41");
  await expect(followChanges(docker, () => undefined, noSignal, 0.1)).rejects.toMatchObject({
    code: "host-unreachable",
    message: "its changes of containers (GET /events) do not begin to come within 0.1 s",
  });
});

test("a compose that hangs delays nothing but what is asked of compose", async () => {
  await using folder = await temporaryFolder();
  const go = join(folder.path, "go");
  await folder.write({ "bin/docker": `#!/bin/sh\nwhile [ ! -e ${go} ]; do sleep 0.05; done\necho 2.26.1\n` });
  await chmod(join(folder.path, "bin/docker"), 0o755);
  const { PATH } = process.env;
  using stack = new DisposableStack();
  stack.defer(() => Object.assign(process.env, { PATH }));
  Object.assign(process.env, { PATH: `${join(folder.path, "bin")}${delimiter}${PATH}` });
  await using engine = await fakeEngine();
  await using hosts = await openTestHosts({ local: localHost(engine.socket) });
  expect(await hosts.until("local", "up")).toMatchObject({
    composeVersion: undefined,
    composeProblem: "not known yet",
  });
  await folder.write({ go: "" });
  await expect
    .poll(() => hosts.host("local").state(), { timeout: 10_000 })
    .toMatchObject({ composeVersion: "2.26.1", composeProblem: undefined });
});
