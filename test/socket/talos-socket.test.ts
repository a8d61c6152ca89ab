import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readFile, stat, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { connect } from "node:net";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, test, vi } from "vitest";
import { operations } from "../../src/operations/operations.ts";
import { callOperation } from "../../src/socket/call-operation.ts";
import { openSocketServer, type SocketServer } from "../../src/socket/open-socket-server.ts";
import { type FakeTalos, fakeTalos, infra, planned, recordOf } from "../fixtures/fake-talos.ts";
import { type TemporaryFolder, temporaryFolder } from "../parties/temporary-folder.ts";

interface Scene extends AsyncDisposable {
  readonly folder: TemporaryFolder;
  readonly dataDirectory: string;
  readonly talos: FakeTalos;
  readonly server: SocketServer;
  readonly faults: unknown[];
}

async function openScene(name = "data"): Promise<Scene> {
  const stack = new AsyncDisposableStack();
  const folder = stack.use(await temporaryFolder());
  const dataDirectory = join(folder.path, name);
  const talos = fakeTalos();
  const faults: unknown[] = [];
  const server = stack.use(await openServer(dataDirectory, talos, folder, faults));
  return { folder, dataDirectory, talos, server, faults, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

function openServer(dataDirectory: string, talos: FakeTalos, folder: TemporaryFolder, faults: unknown[] = []) {
  const environment = { XDG_RUNTIME_DIR: folder.path };
  return openSocketServer({ dataDirectory, talos, operations, environment, onFault: (error) => faults.push(error) });
}

async function ask(dataDirectory: string, operation: string, values: Readonly<Record<string, unknown>> = {}) {
  const lines = callOperation({ dataDirectory, operation, values, actor: "ada" });
  const progress: unknown[] = [];
  for (;;) {
    const line = await lines.next();
    if (line.done === true) return { ...line.value, progress };
    progress.push(line.value);
  }
}

/** What a program that is not ours may send. */
async function send(path: string, url: string, body: string, { method = "POST", headers = {} } = {}) {
  const sent = request({ socketPath: path, path: url, method, headers, agent: false });
  sent.on("error", () => undefined).end(body);
  const [response] = await once(sent, "response");
  return { status: response.statusCode, answer: JSON.parse(await text(response)) };
}

test("an operation is answered, its actor is who asked, and only the owner can connect", async () => {
  await using scene = await openScene();
  expect(scene.server.path).toBe(join(scene.dataDirectory, "talos.sock"));
  expect((await stat(scene.server.path)).mode & 0o777).toBe(0o600);
  scene.talos.state.records[infra] = recordOf([planned("web")]);
  const answer = await ask(scene.dataDirectory, "update hold", { reference: "web" });
  expect(answer).toMatchObject({ operation: "update hold", ok: true, progress: [] });
  expect(scene.talos.state.calls).toEqual([`hold ${infra} compose:compose.yml#services.web.image by ada (terminal)`]);
  expect(await ask(scene.dataDirectory, "update hold", { reference: "nobody" })).toMatchObject({
    ok: false,
    code: "target-not-found",
  });
});

test("progress comes while it runs, and who goes away cancels", async () => {
  await using scene = await openScene();
  const lines = callOperation({
    dataDirectory: scene.dataDirectory,
    operation: "events",
    values: { follow: true },
    actor: "ada",
  });
  scene.talos.happen({ kind: "queued", text: "before" });
  expect((await lines.next()).value).toMatchObject({ kind: "part", part: { type: "table" } });
  scene.talos.happen({ kind: "delivered", text: "after" });
  expect((await lines.next()).value).toMatchObject({ part: { rows: [{ 3: "after" }] } });
  await lines.return({ operation: "events", ok: true, view: [] });
  await vi.waitFor(() => expect(scene.talos.log.at(-1)?.event.facts).toMatchObject({ operation: "events" }), 15_000);
});

describe("odd requests", () => {
  test.each([
    ["/operations/quue", "{}", 404, /no operation quue: did you mean `queue`/],
    ["/", "{}", 404, /no operation/],
    ["/operations/..%2f..%2fetc", "{}", 404, /no operation/],
    ["/operations/queue", "{", 400, /must be a JSON object/],
    ["/operations/queue", "[]", 400, /must be a JSON object/],
    ["/operations/queue", '"x"', 400, /must be a JSON object/],
    ["/operations/queue", '{"x":1}', 400, /takes no arguments/],
    ["/operations/update.hold", '{"reference":{"a":1}}', 400, /must be a single value/],
    ["/operations/queue", `{"x":"${"x".repeat(70_000)}"}`, 413, /too long/],
  ])("%s (%#) is refused with the reason", async (url, body, status, reason) => {
    await using scene = await openScene();
    const { status: given, answer } = await send(scene.server.path, url, body);
    expect({ given, ok: answer.ok, text: answer.view[0].text }).toEqual({
      given: status,
      ok: false,
      text: expect.stringMatching(reason),
    });
    expect(scene.faults).toEqual([]);
  });

  test("by another method or with an odd name are harmless", async () => {
    await using scene = await openScene();
    expect(await send(scene.server.path, "/operations/queue", "", { method: "GET" })).toMatchObject({ status: 405 });
    const name = encodeURIComponent(`a\u001b[31m\n${"x".repeat(200)}`);
    for (const actor of [name, "%E0%A4%A", ""])
      await send(scene.server.path, "/operations/queue", "{}", { headers: { "talos-actor": actor } });
    expect(scene.talos.log.map(({ event }) => event.actor)).toEqual([
      `a[31m${"x".repeat(59)} (terminal)`,
      "somebody (terminal)",
      "somebody (terminal)",
    ]);
  });

  test("that break off in the middle of the arguments run nothing", async () => {
    await using scene = await openScene();
    const socket = connect(scene.server.path);
    socket.write("POST /operations/update.hold HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{");
    await once(socket, "ready");
    socket.destroy();
    await ask(scene.dataDirectory, "queue");
    expect(scene.talos.state.calls).toEqual([]);
    expect(scene.faults).toEqual([]);
  });
});

test("a fault in an operation is told to who asked and to the log, and the next is answered", async () => {
  await using scene = await openScene();
  const { talos } = scene;
  Object.assign(talos.delivery, { queue: async () => Promise.reject(new RangeError("off by one")) });
  expect(await ask(scene.dataDirectory, "queue")).toMatchObject({
    ok: false,
    view: [{ text: "queue failed: off by one" }, { text: expect.stringMatching(/fault of Talos/) }],
  });
  expect(scene.faults).toMatchObject([{ message: "off by one" }]);
  expect(await ask(scene.dataDirectory, "deadletters")).toMatchObject({ ok: true });
});

describe("the place of the socket", () => {
  const long = `${"a".repeat(60)}/${"b".repeat(60)}`;

  test("is the runtime folder where the data directory's path is too long, and a file says so", async () => {
    await using folder = await temporaryFolder();
    const dataDirectory = join(folder.path, long);
    const server = await openServer(dataDirectory, fakeTalos(), folder);
    expect(dirname(dirname(server.path))).toBe(folder.path);
    expect((await stat(dirname(server.path))).mode & 0o777).toBe(0o700);
    expect(await readFile(join(dataDirectory, "talos.sock.path"), "utf8")).toBe(`${server.path}\n`);
    expect(await ask(dataDirectory, "queue")).toMatchObject({ ok: true });
    await server[Symbol.asyncDispose]();
    expect(existsSync(dirname(server.path))).toBe(false);
    await expect(ask(dataDirectory, "queue")).rejects.toMatchObject({ code: "not-running" });
  });

  test.each([["data"], [long]])("in %s is left to a Talos that lives, and taken from one that died", async (name) => {
    await using scene = await openScene(name);
    const again = openServer(scene.dataDirectory, fakeTalos(), scene.folder);
    await expect(again).rejects.toMatchObject({
      code: "already-running",
      message: `another Talos is running with the data directory ${scene.dataDirectory}`,
    });
    expect(await ask(scene.dataDirectory, "queue")).toMatchObject({ ok: true });
    const child = await killedServer(join(scene.folder.path, `${name}2`), scene.folder.path);
    await expect(ask(child.dataDirectory, "queue")).rejects.toMatchObject({ code: "not-running" });
    await using server = await openServer(child.dataDirectory, fakeTalos(), scene.folder);
    expect(existsSync(server.path)).toBe(true);
    expect(await ask(child.dataDirectory, "queue")).toMatchObject({ ok: true });
  });

  test("is freed when it is closed, also while somebody listens", async () => {
    await using folder = await temporaryFolder();
    const talos = fakeTalos();
    const server = await openServer(folder.path, talos, folder);
    const lines = callOperation({
      dataDirectory: folder.path,
      operation: "events",
      values: { follow: true },
      actor: "a",
    });
    await lines.next();
    const next = expect(lines.next()).rejects.toMatchObject({ code: "not-running", message: /went away/ });
    await server[Symbol.asyncDispose]();
    await next;
    expect(existsSync(server.path)).toBe(false);
    expect(talos.log.at(-1)?.event.kind).toBe("operation");
  });

  test("that is another thing is not removed", async () => {
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, "talos.sock"), "mine");
    await expect(openServer(folder.path, fakeTalos(), folder)).rejects.toMatchObject({ code: "store-unusable" });
    expect(await readFile(join(folder.path, "talos.sock"), "utf8")).toBe("mine");
  });
});

/** A socket as it is left behind by a process that was killed. */
async function killedServer(dataDirectory: string, runtimeFolder: string): Promise<{ readonly dataDirectory: string }> {
  const program = join(import.meta.dirname, "../fixtures/serve-fake-talos.ts");
  const child = spawn(process.execPath, [program, dataDirectory], {
    env: { ...process.env, XDG_RUNTIME_DIR: runtimeFolder },
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  child.kill("SIGKILL");
  await once(child, "exit");
  return { dataDirectory };
}
