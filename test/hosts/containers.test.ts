import { afterAll, beforeAll, expect, test } from "vitest";
import { describeWith } from "../parties/describe-with.ts";
import { type DockerEngine, dockerEngine } from "../parties/docker-engine.ts";
import { type SshServer, sshServer } from "../parties/ssh-server.ts";
import { localHost, noSignal, openTestHosts, sshHost, type TestHosts, waitFor } from "./open-test-hosts.ts";

describeWith(["ssh", "sshd", "dockerd", "busybox"], "hosts", () => {
  const stack = new AsyncDisposableStack();
  let here: DockerEngine;
  let there: DockerEngine;
  let server: SshServer;
  let hosts: TestHosts;

  beforeAll(async () => {
    [here, there, server] = await Promise.all([dockerEngine(), dockerEngine(), sshServer()]);
    for (const party of [here, there, server]) stack.use(party);
    for (const engine of [here, there]) await engine.importImage({ tag: "talos/sleeper:1" });
    hosts = stack.use(
      await openTestHosts({
        local: localHost(here.socket),
        nas: sshHost(server, there.socket),
        pinned: sshHost(server, here.socket, { KnownHostsFile: undefined, HostKey: server.hostKey }),
      }),
    );
    await Promise.all(["local", "nas", "pinned"].map((name) => hosts.until(name, "up")));
  }, 60_000);
  afterAll(() => stack.disposeAsync(), 60_000);

  test("local and remote ones are up side by side, with one SSH connection each", async () => {
    expect(await hosts.until("nas", "up")).toMatchObject({
      engineVersion: expect.stringMatching(/^\d+\.\d/),
      apiVersion: expect.stringMatching(/^1\.4\d$/),
    });
    await Promise.all(
      Array.from({ length: 20 }, () =>
        Promise.all(["local", "nas", "pinned"].map((name) => hosts.host(name).containers(noSignal))),
      ),
    );
    expect(server.output.filter((line) => line.startsWith("Accepted publickey"))).toHaveLength(2);
    expect(hosts.host("nas").address).toBe(`ssh://${server.username}@127.0.0.1:${server.port}`);
    expect(hosts.host("local").address).toBe(`unix://${here.socket}`);
  });

  test("containers of every kind are listed by name, and known without asking", async () => {
    const labels = { "com.docker.compose.project": "blog" };
    await there.run({ name: "web", image: "talos/sleeper:1", labels });
    await there.run({ name: "odd_name.1-x", image: "talos/sleeper:1" });
    await there.run({ name: "sick", image: "talos/sleeper:1", healthcheck: "false" });
    await there.run({ name: "done", image: "talos/sleeper:1", command: ["sh", "-c", "exit 3"] });
    await there.request("POST", "/containers/create?name=fresh", { Image: "talos/sleeper:1" });
    const nas = hosts.host("nas");
    const stateOf = (name: string) => nas.known().find((each) => each.name === name);
    await waitFor("sick is known to be", () => stateOf("sick")?.health === "unhealthy");
    await waitFor("done is known to have ended", () => stateOf("done")?.state === "exited");
    const containers = await nas.containers(noSignal);
    expect(containers.map(({ name, state, health }) => ({ name, state, health }))).toEqual([
      { name: "done", state: "exited", health: undefined },
      { name: "fresh", state: "created", health: undefined },
      { name: "odd_name.1-x", state: "running", health: undefined },
      { name: "sick", state: "running", health: "unhealthy" },
      { name: "web", state: "running", health: undefined },
    ]);
    expect(nas.known()).toEqual(containers);
    expect(stateOf("web")).toMatchObject({ image: "talos/sleeper:1", labels });
    expect(stateOf("fresh")?.labels).toEqual({});
    const done = await nas.inspect("done", noSignal);
    expect(done).toMatchObject({
      imageReference: "talos/sleeper:1",
      exitCode: 3,
      startedMs: undefined,
      restartCount: 0,
    });
    expect(done.imageId).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(await nas.inspect("fresh", noSignal)).toMatchObject({ exitCode: undefined, finishedMs: undefined });
    expect((await nas.inspect("web", noSignal)).startedMs).toBeGreaterThan(Date.now() - 60_000);
  });

  test("a container is started, stopped and restarted, by its name or the beginning of its id", async () => {
    const id = await here.run({
      name: "worker",
      image: "talos/sleeper:1",
      command: ["sh", "-c", "trap exit TERM; sleep 600 & wait"],
    });
    const local = hosts.host("local");
    const before = (await local.inspect("worker", noSignal)).startedMs ?? 0;
    const restarted = await local.restart("worker", noSignal);
    expect(restarted.details.startedMs).toBeGreaterThan(before);
    const details = { name: "worker", state: "exited" };
    expect(await local.stop(id.slice(0, 12), noSignal)).toMatchObject({ details, notes: [] });
    const again = { details, notes: ["worker was stopped already."] };
    expect(await local.stop("worker", noSignal)).toMatchObject(again);
    expect(await local.start("worker", noSignal)).toMatchObject({ details: { state: "running" }, notes: [] });
    expect(await local.start("worker", noSignal)).toMatchObject({
      details: { state: "running" },
      notes: ["worker was started already."],
    });
  });

  test("a name that is not there, and one that is a path, reach nothing", async () => {
    const nas = hosts.host("nas");
    await expect(nas.inspect("wbe", noSignal)).rejects.toMatchObject({
      code: "target-not-found",
      hint: "did you mean `web`?",
    });
    for (const name of ["../info?x=", "web/../../info", "web?signal=KILL", "%2e%2e", ""])
      await expect(nas.stop(name, noSignal)).rejects.toMatchObject({ code: "target-not-found" });
    await expect(nas.start("web", AbortSignal.abort(new Error("cancelled")))).rejects.toThrow("cancelled");
  });

  test("a log's last lines come as they were written, with a terminal and without", async () => {
    const command = [
      "sh",
      "-c",
      "i=0; while [ $i -lt 50 ]; do i=$((i+1)); echo line $i; done; printf '\\033[31mred\\tend\\n'; sleep 600",
    ];
    await here.run({ name: "plain", image: "talos/sleeper:1", command });
    await here.run({ name: "tty", image: "talos/sleeper:1", command, settings: { Tty: true } });
    await here.run({ name: "json", image: "talos/sleeper:1", command: ["echo", '{"a":1}'], settings: { Tty: true } });
    await here.run({
      name: "errors",
      image: "talos/sleeper:1",
      command: ["sh", "-c", "echo out; sleep 1; echo wrong >&2"],
    });
    const local = hosts.host("local");
    await waitFor("errors has ended", () => local.known().find(({ name }) => name === "errors")?.state === "exited");
    expect(await local.logs("plain", 3, noSignal)).toEqual(["line 49", "line 50", "\u001b[31mred\tend"]);
    expect(await local.logs("tty", 3, noSignal)).toEqual(["line 49", "line 50", "\u001b[31mred\tend"]);
    expect(await local.logs("json", 3, noSignal)).toEqual(['{"a":1}']);
    expect(await local.logs("errors", 10, noSignal)).toEqual(["out", "wrong"]);
  });

  test("a rename, a pause and a removal are heard of", async () => {
    const local = hosts.host("local");
    const id = await here.run({ name: "first", image: "talos/sleeper:1", healthcheck: "true" });
    const known = () => local.known().find((each) => each.id === id);
    await waitFor("first is healthy", () => known()?.health === "healthy");
    await here.request("POST", `/containers/${id}/rename?name=second`);
    await waitFor("it is renamed", () => known()?.name === "second");
    await here.request("POST", `/containers/${id}/pause`);
    await waitFor("it is paused", () => known()?.state === "paused");
    await here.request("DELETE", `/containers/${id}?force=true`);
    await waitFor("it is gone", () => known() === undefined);
  });

  test("three hundred containers are listed", async () => {
    await Promise.all(
      Array.from({ length: 10 }, async (_, row) => {
        for (let index = 0; index < 30; index++)
          await there.request("POST", `/containers/create?name=many-${row}-${index}`, {
            Image: "talos/sleeper:1",
            NetworkDisabled: true,
          });
      }),
    );
    const nas = hosts.host("nas");
    const isMany = ({ name }: { readonly name: string }) => name.startsWith("many-");
    expect((await nas.containers(noSignal)).filter(isMany)).toHaveLength(300);
    await waitFor("all are known", () => nas.known().filter(isMany).length === 300);
  }, 60_000);
});
