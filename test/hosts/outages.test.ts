import { rename, symlink } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { describeWith } from "../parties/describe-with.ts";
import { type DockerEngine, dockerEngine } from "../parties/docker-engine.ts";
import { sshServer } from "../parties/ssh-server.ts";
import { temporaryFolder } from "../parties/temporary-folder.ts";
import { fakeEngine } from "./fake-engine.ts";
import { localHost, noSignal, openTestHosts, sshHost, waitFor } from "./open-test-hosts.ts";
import { sessionsOf } from "./processes.ts";

describeWith(["ssh", "sshd", "dockerd", "busybox"], "a host that is lost", () => {
  test("in the middle of an answer fails at once, is known as it was, and comes back by itself", async () => {
    await using engine = await withContainer("web");
    await using server = await sshServer();
    await using hosts = await openTestHosts({ nas: sshHost(server, engine.socket), local: localHost(engine.socket) });
    await Promise.all([hosts.until("nas", "up"), hosts.until("local", "up")]);
    const nas = hosts.host("nas");
    const [id] = sessionsOf(server);
    process.kill(id ?? 0, "SIGSTOP");
    const log = nas.logs("web", 10, noSignal);
    process.kill(id ?? 0, "SIGKILL");
    await expect(log).rejects.toMatchObject({ code: "host-unreachable", retryable: true });
    const { reason, nextTryMs } = await hosts.until("nas", "down");
    expect(reason).toContain("closed the connection");
    expect(nextTryMs).toBeGreaterThan(0);
    await expect(nas.containers(noSignal)).rejects.toMatchObject({ message: `host nas is down: ${reason}` });
    expect(nas.known().map(({ name }) => name)).toEqual(["web"]);
    expect(await hosts.host("local").containers(noSignal)).toHaveLength(1);
    await hosts.until("nas", "up");
    expect(await nas.logs("web", 10, noSignal)).toEqual(["hello"]);
    expect(hosts.lines.filter((line) => line.includes("nas is down"))).toHaveLength(1);
  }, 60_000);

  test("because its engine was restarted comes back, with the containers it has then", async () => {
    await using folder = await temporaryFolder();
    const socket = join(folder.path, "docker.sock");
    const first = await withContainer("before");
    await symlink(first.socket, socket);
    await using hosts = await openTestHosts({ local: localHost(socket) });
    await hosts.until("local", "up");
    expect(
      hosts
        .host("local")
        .known()
        .map(({ name }) => name),
    ).toEqual(["before"]);
    await first[Symbol.asyncDispose]();
    await hosts.until("local", "down");
    await using second = await withContainer("after");
    await symlink(second.socket, `${socket}.new`);
    await rename(`${socket}.new`, socket);
    await hosts.until("local", "up");
    expect(
      hosts
        .host("local")
        .known()
        .map(({ name }) => name),
    ).toEqual(["after"]);
  }, 60_000);
});

describeWith(["ssh", "sshd"], "an engine that cannot be reached says why:", () => {
  test("no socket, no right to forward, nobody who listens; and the others do not suffer", async () => {
    await using engine = await fakeEngine();
    await using server = await sshServer({ keys: { commands: "restrict" } });
    await using folder = await temporaryFolder();
    await folder.write({ "no.sock": "" });
    const none = join(folder.path, "none.sock");
    const IdentityFile = server.keyFile("commands");
    await using hosts = await openTestHosts({
      missing: sshHost(server, none),
      restricted: sshHost(server, engine.socket, { IdentityFile }),
      idle: sshHost(server, join(folder.path, "no.sock")),
      unknown: sshHost(server, engine.socket, { KnownHostsFile: server.emptyKnownHostsFile }),
      here: localHost(none),
      good: sshHost(server, engine.socket),
    });
    const reasonOf = async (name: string) => (await hosts.until(name, "down")).reason;
    expect(await reasonOf("missing")).toBe(`there is no ${none} there`);
    expect(await reasonOf("restricted")).toBe(`its SSH server refuses to forward to ${engine.socket}`);
    expect(await reasonOf("idle")).toBe(`nothing listens on ${join(folder.path, "no.sock")} there`);
    expect(await reasonOf("unknown")).toContain("is not known");
    expect(await reasonOf("here")).toBe(`there is no ${none}`);
    await hosts.until("good", "up");
    expect(await hosts.host("good").containers(noSignal)).toEqual([]);
  });

  test("too old, too new, no engine at all", async () => {
    await using old = await fakeEngine({ version: { Version: "19.03.1", ApiVersion: "1.40" } });
    await using strange = await fakeEngine({ version: { Version: "99.0", ApiVersion: "9.9", MinAPIVersion: "9.0" } });
    await using hosts = await openTestHosts({ old: localHost(old.socket), strange: localHost(strange.socket) });
    expect((await hosts.until("old", "down")).reason).toMatch(/its engine 19\.03\.1 is too old.*1\.40/);
    expect((await hosts.until("strange", "down")).reason).toMatch(/is too new/);
    expect(old.asked).toEqual(["GET /version"]);
  });
});

test("what changes together is one listing, and nothing is asked while nothing happens", async () => {
  await using engine = await fakeEngine();
  await using hosts = await openTestHosts({ local: localHost(engine.socket) });
  await hosts.until("local", "up");
  const listings = () => engine.asked.filter((each) => each.includes("/containers/json")).length;
  expect(engine.asked.map((each) => each.replace(/\?.*/, ""))).toEqual([
    "GET /version",
    "GET /v1.41/events",
    "GET /v1.41/containers/json",
  ]);
  for (let index = 0; index < 20; index++) {
    engine.emit();
    await delay(5);
  }
  await waitFor("they are listed", () => listings() === 2);
  engine.emit();
  await waitFor("the next is listed too", () => listings() === 3);
  expect(engine.asked).toHaveLength(5);
});

test("who cancels is not kept waiting by an engine that hangs", async () => {
  await using engine = await fakeEngine();
  await using hosts = await openTestHosts({ local: localHost(engine.socket) });
  await hosts.until("local", "up");
  engine.hang();
  const cancel = new AbortController();
  const answer = hosts.host("local").containers(cancel.signal);
  await waitFor("it was asked", () => engine.asked.length === 4);
  cancel.abort(new Error("cancelled"));
  await expect(answer).rejects.toThrow("cancelled");
  await using mute = await fakeEngine();
  mute.hang();
  await using others = await openTestHosts({ mute: localHost(mute.socket) });
  await expect(others.host("mute").containers(AbortSignal.timeout(100))).rejects.toMatchObject({
    name: "TimeoutError",
  });
});

async function withContainer(name: string): Promise<DockerEngine> {
  const engine = await dockerEngine();
  await engine.importImage({ tag: "talos/hello:1" });
  await engine.run({ name, image: "talos/hello:1", command: ["sh", "-c", "echo hello; sleep 600"] });
  return engine;
}
