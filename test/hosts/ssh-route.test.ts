import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, request } from "node:http";
import { createServer as createTcpServer } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import type { HostProblem } from "../../src/hosts/host-problem.ts";
import type { SshSettings } from "../../src/hosts/host-settings.ts";
import { openSshRoute } from "../../src/hosts/route/open-ssh-route.ts";
import type { OpenedRoute } from "../../src/hosts/route/opened-route.ts";
import type { SshPatience } from "../../src/hosts/route/ssh-arguments.ts";
import { readSshTarget } from "../../src/hosts/route/ssh-target.ts";
import { describeWith } from "../parties/describe-with.ts";
import { type SshServer, sshServer } from "../parties/ssh-server.ts";
import { temporaryFolder } from "../parties/temporary-folder.ts";
import { noSignal, waitFor } from "./open-test-hosts.ts";
import { processesOf, sessionsOf } from "./processes.ts";

const usual: SshPatience = { connectSeconds: 15, aliveSeconds: 10 };

/** A route over a real sshd, in a folder of its own, to a socket that says what was asked of it. */
async function world() {
  await using stack = new AsyncDisposableStack();
  const server = stack.use(await sshServer({ keys: { commandonly: "restrict" } }));
  const folder = stack.use(await temporaryFolder());
  const socket = join(folder.path, "an engine's: 1%.sock");
  const engine = createServer((asked, answer) => answer.end(asked.url));
  await once(engine.listen(socket), "listening");
  stack.defer(() => void engine.close());
  let attempt = 0;
  const all = stack.move();
  return {
    server,
    folder: folder.path,
    socket,
    open: (changes: Partial<SshSettings> = {}, patience: SshPatience = usual) => {
      const settings = { ...sshSettings(server), ...changes };
      const filesPrefix = join(folder.path, String((attempt += 1)));
      const start = {
        host: "nas",
        target: readSshTarget(settings),
        socketThere: socket,
        filesPrefix,
        graceSeconds: 2,
        patience,
      };
      return openSshRoute(start, noSignal);
    },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

function sshSettings(server: SshServer): SshSettings {
  return {
    Host: "127.0.0.1",
    Port: server.port,
    User: server.username,
    IdentityFile: server.clientKeyFile,
    KnownHostsFile: server.knownHostsFile,
    HostKey: undefined,
    Password: undefined,
  };
}

function opened(outcome: OpenedRoute | HostProblem): OpenedRoute {
  if ("reason" in outcome) throw new Error(`not open: ${outcome.reason}`);
  return outcome;
}

function ask(socketPath: string, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request({ socketPath, path, agent: false }, (answer) => void text(answer).then(resolve, reject));
    sent.on("error", reject).end();
  });
}

describeWith(["ssh", "sshd"], "a way over SSH", () => {
  test("leads to the socket there, whatever its path, and leaves nothing behind", async () => {
    await using all = await world();
    const route = opened(await all.open());
    expect(await ask(route.socketPath, "/version")).toBe("/version");
    expect(processesOf(all.folder)).not.toEqual([]);
    await route[Symbol.asyncDispose]();
    expect(route.lost.aborted).toBe(true);
    await waitFor("ssh is gone", () => processesOf(all.folder).length === 0);
    expect(execFileSync("ls", [all.folder], { encoding: "utf8" }).trim()).toBe("an engine's: 1%.sock");
  });

  test("runs commands there, words and settings whole, on the one connection", async () => {
    await using all = await world();
    await using route = opened(await all.open());
    const words = ["'; echo no; '", "$(echo no)", "a b", "-n", "", "ü\n*"];
    const show = 'printf "%s|" "$SETTING" "$@"; echo wrong >&2; exit 7';
    const runs = Array.from({ length: 8 }, async () => {
      const command = route.spawn(["sh", "-c", show, "sh", ...words], { SETTING: "a'b $HOME" }, noSignal);
      const [output, errors, end] = await Promise.all([text(command.output), text(command.errors), command.ended]);
      expect(output).toBe(`${["a'b $HOME", ...words].join("|")}|`);
      expect(errors).toBe("wrong\n");
      expect(end).toEqual({ kind: "exited", exitCode: 7 });
    });
    await Promise.all(runs);
    const absent = route.spawn(["talos-no-such-program"], {}, noSignal);
    absent.output.resume();
    absent.errors.resume();
    expect(await absent.ended).toEqual({ kind: "exited", exitCode: 127 });
    expect(all.server.output.filter((line) => line.startsWith("Accepted publickey"))).toHaveLength(1);
  });

  test("a cancelled command ends there, with what it started", async () => {
    await using all = await world();
    await using route = opened(await all.open());
    const cancel = new AbortController();
    const command = route.spawn(
      ["sh", "-c", "trap '' TERM; echo ready; sleep 4711 & wait; sleep 4711"],
      {},
      cancel.signal,
    );
    command.errors.resume();
    await once(command.output, "data");
    expect(processesOf("sleep 4711")).not.toEqual([]);
    cancel.abort();
    command.output.resume();
    expect(await command.ended).toEqual({ kind: "aborted" });
    await waitFor("it is gone there", () => processesOf("sleep 4711").length === 0);
    expect(route.lost.aborted).toBe(false);
  });

  test("a lost connection is told with its reason, by the way and by what ran on it", async () => {
    await using all = await world();
    await using route = opened(await all.open());
    const command = route.spawn(["sleep", "600"], {}, noSignal);
    command.output.resume();
    command.errors.resume();
    await waitFor("sshd has a session", () => sessionsOf(all.server).length > 0);
    for (const id of sessionsOf(all.server)) process.kill(id, "SIGKILL");
    const reason = expect.stringContaining(`127.0.0.1:${all.server.port} closed the connection`);
    expect(await command.ended).toEqual({ kind: "lost", reason });
    expect(route.lost.reason).toMatchObject({ code: "host-unreachable", message: reason, retryable: true });
    expect(() => route.spawn(["true"], {}, noSignal)).toThrow("closed the connection");
  });

  test("a host that hangs is noticed", async () => {
    await using all = await world();
    await using route = opened(await all.open({}, { connectSeconds: 15, aliveSeconds: 1 }));
    const ids = sessionsOf(all.server);
    for (const id of ids) process.kill(id, "SIGSTOP");
    await waitFor("it is noticed", () => route.lost.aborted);
    for (const id of ids) process.kill(id, "SIGKILL");
    expect(route.whyLost()?.reason).toBe(`127.0.0.1:${all.server.port} no longer answers`);
  });

  test("nothing of ssh outlives a process that was killed", async () => {
    await using all = await world();
    const owner = spawn(process.execPath, [
      join(import.meta.dirname, "own-ssh-route.ts"),
      JSON.stringify({ settings: sshSettings(all.server), socket: all.socket, filesPrefix: join(all.folder, "k") }),
    ]);
    const [line] = await once(createInterface({ input: owner.stdout }), "line");
    expect(line).toBe("running");
    expect(processesOf("sleep 4712")).not.toEqual([]);
    owner.kill("SIGKILL");
    await waitFor("ssh is gone", () => processesOf(all.folder).length === 0);
    await waitFor("what it ran there is gone", () => processesOf("sleep 4712").length === 0);
    await using route = opened(await all.open());
    expect(await ask(route.socketPath, "/")).toBe("/");
  });
});

describeWith(["ssh", "sshd"], "a host that does not let Talos in says why:", () => {
  const problems: readonly {
    readonly what: string;
    readonly changes: (server: SshServer) => Partial<SshSettings>;
    readonly reason: string;
  }[] = [
    {
      what: "an unknown host key",
      changes: (s) => ({ KnownHostsFile: s.emptyKnownHostsFile }),
      reason: "the host key of ADDRESS is not known",
    },
    {
      what: "a changed host key",
      changes: (s) => ({ KnownHostsFile: s.wrongKnownHostsFile }),
      reason: "ADDRESS shows another host key than the known one",
    },
    {
      what: "another pinned key",
      changes: (s) => ({ HostKey: readFileSync(`${s.otherKeyFile}.pub`, "utf8").split(" ").slice(0, 2).join(" ") }),
      reason: "ADDRESS shows another host key than the known one",
    },
    {
      what: "a refused key",
      changes: (s) => ({ IdentityFile: s.otherKeyFile }),
      reason: "ADDRESS does not let USER in",
    },
    {
      what: "a missing key",
      changes: () => ({ IdentityFile: "/no/such/key" }),
      reason: "its IdentityFile /no/such/key is not there",
    },
    {
      what: "missing known hosts",
      changes: () => ({ KnownHostsFile: "/no/such" }),
      reason: "its KnownHostsFile /no/such is not there",
    },
    { what: "a port nobody is on", changes: () => ({ Port: 1 }), reason: "nothing answers on 127.0.0.1:1" },
    {
      what: "no such name",
      changes: () => ({ Host: "nohost.invalid" }),
      reason: "there is no machine named nohost.invalid",
    },
  ];
  test.each(problems)("$what", async ({ changes, reason }) => {
    await using all = await world();
    const outcome = await all.open(changes(all.server));
    const expected = reason.replace("ADDRESS", `127.0.0.1:${all.server.port}`).replace("USER", all.server.username);
    expect("reason" in outcome ? outcome.reason : "open").toContain(expected);
    expect("hint" in outcome && outcome.hint).toBeTruthy();
    await waitFor("ssh is gone", () => processesOf(all.folder).length === 0);
  });

  test("silence", async () => {
    await using all = await world();
    const silent = createTcpServer(() => undefined);
    await once(silent.listen(0, "127.0.0.1"), "listening");
    const address = silent.address();
    const Port = typeof address === "object" && address !== null ? address.port : 0;
    expect(await all.open({ Port }, { connectSeconds: 1, aliveSeconds: 10 })).toMatchObject({
      reason: `127.0.0.1:${Port} does not answer`,
    });
    silent.close();
  });
});
