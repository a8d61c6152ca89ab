import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeWith } from "../parties/describe-with.ts";
import { type DockerEngine, dockerEngine } from "../parties/docker-engine.ts";
import { type SshServer, sshServer } from "../parties/ssh-server.ts";
import { temporaryFolder } from "../parties/temporary-folder.ts";
import { localHost, noSignal, openTestHosts, sshHost, type TestHosts } from "./open-test-hosts.ts";
import { sessionsOf } from "./processes.ts";

/** Writes a line for each USR1, and ends with TERM. */
const talker = [
  "sh",
  "-c",
  "n=0; trap 'n=$((n+1)); echo told $n' USR1; trap 'echo bye; exit 0' TERM; echo one; echo two; while :; do sleep 0.05; done",
];

describeWith(["ssh", "sshd", "dockerd", "busybox"], "a log that is followed", () => {
  const stack = new AsyncDisposableStack();
  let engine: DockerEngine;
  let server: SshServer;
  let hosts: TestHosts;

  beforeAll(async () => {
    [engine, server] = await Promise.all([dockerEngine(), sshServer()]);
    for (const party of [engine, server]) stack.use(party);
    await engine.importImage({ tag: "talos/sleeper:1" });
    hosts = stack.use(await openTestHosts({ local: localHost(engine.socket), nas: sshHost(server, engine.socket) }));
    await Promise.all(["local", "nas"].map((name) => hosts.until(name, "up")));
  }, 60_000);
  afterAll(() => stack.disposeAsync(), 60_000);

  const signal = (name: string, what: string) => engine.request("POST", `/containers/${name}/kill?signal=${what}`);

  test.each([
    ["local", false],
    ["nas", false],
    ["local", true],
    ["nas", true],
  ])(
    "on %s, with a terminal: %s, tells the last lines, then each line as it is written, and ends with the container",
    async (host, hasTerminal) => {
      const name = `talker-${host}-${hasTerminal}`;
      await engine.run({ name, image: "talos/sleeper:1", command: talker, settings: { Tty: hasTerminal } });
      const read = readLines(hosts.host(host).followLogs(name, 1, noSignal));
      await expect.poll(read.lines).toEqual(["two"]);
      await signal(name, "USR1");
      await expect.poll(read.lines).toEqual(["two", "told 1"]);
      await signal(name, "TERM");
      await read.ended;
      expect(read.lines()).toEqual(["two", "told 1", "bye"]);
    },
    30_000,
  );

  test("of a container that writes nothing waits, and is cancelled at once", async () => {
    await engine.run({ name: "silent", image: "talos/sleeper:1" });
    const cancelled = new AbortController();
    const read = readLines(hosts.host("nas").followLogs("silent", 10, cancelled.signal));
    cancelled.abort(new Error("cancelled"));
    await expect(read.ended).rejects.toThrow("cancelled");
    expect(read.lines()).toEqual([]);
  }, 30_000);

  test("of a container that is not there is refused, and one that has ended is told as far as it goes", async () => {
    await expect(hosts.host("nas").followLogs("nobody", 10, noSignal).next()).rejects.toMatchObject({
      code: "target-not-found",
    });
    await engine.run({ name: "short", image: "talos/sleeper:1", command: ["echo", "hello"] });
    const read = readLines(hosts.host("local").followLogs("short", 10, noSignal));
    await read.ended;
    expect(read.lines()).toEqual(["hello"]);
  }, 30_000);

  test("ends with the way to the host, and says that", async () => {
    await engine.run({ name: "far", image: "talos/sleeper:1", command: talker });
    const read = readLines(hosts.host("nas").followLogs("far", 10, noSignal));
    await expect.poll(read.lines).toEqual(["one", "two"]);
    process.kill(sessionsOf(server)[0] ?? 0, "SIGKILL");
    await expect(read.ended).rejects.toMatchObject({ code: "host-unreachable", retryable: true });
    await hosts.until("nas", "up");
  }, 30_000);
});

test("a log that nobody follows any more is let go of", async () => {
  await using folder = await temporaryFolder();
  const followed = Promise.withResolvers<ServerResponse>();
  const engine = createServer((request, answer) => {
    const url = request.url ?? "";
    if (url === "/version") answer.end(JSON.stringify({ Version: "20.10.24", ApiVersion: "1.41" }));
    else if (url.includes("/events")) answer.flushHeaders();
    else if (url.includes("/logs")) {
      answer.write("one\n");
      followed.resolve(answer);
    } else answer.end(JSON.stringify(answerTo(url)));
  });
  const socket = join(folder.path, "engine.sock");
  await once(engine.listen(socket), "listening");
  try {
    await using hosts = await openTestHosts({ local: localHost(socket) });
    await hosts.until("local", "up");
    const log = hosts.host("local").followLogs("web", 10, noSignal);
    expect(await log.next()).toEqual({ done: false, value: ["one"] });
    const closed = once(await followed.promise, "close");
    await log.return();
    await closed;
  } finally {
    engine.closeAllConnections();
    engine.close();
  }
});

function answerTo(url: string): unknown {
  if (url.includes("/images/")) return {};
  return url.includes("/web/json") ? inspected : [listed];
}

const listed = {
  Id: "web",
  Names: ["/web"],
  Image: "web:1",
  ImageID: "sha256:1",
  State: "running",
  Status: "Up",
  Created: 1,
  Labels: {},
};
const inspected = {
  Id: "web",
  Name: "/web",
  Image: "sha256:1",
  RestartCount: 0,
  Config: { Image: "web:1", Tty: true, Labels: {} },
  State: { Status: "running", StartedAt: "2026-01-01T00:00:00Z", FinishedAt: "0001-01-01T00:00:00Z", ExitCode: 0 },
};

function readLines(log: AsyncGenerator<readonly string[], void>) {
  const lines: string[] = [];
  const read = async () => {
    for await (const some of log) lines.push(...some);
  };
  const ended = read();
  ended.catch(() => undefined);
  return { lines: () => [...lines], ended };
}
