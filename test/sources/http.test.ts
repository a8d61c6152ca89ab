import { readdirSync, readFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import type { GitRepositoryOptions } from "../../src/sources/git-repository.ts";
import { createSecret } from "../../src/telemetry/secret.ts";
import { gitServer } from "../parties/git-server.ts";
import { nobody, type RemoteAndWork, withRepository } from "./with-repository.ts";

const password = "glpat-v3ry/s3cr3t";
const account = { ...nobody, username: "talos", token: createSecret(password) };

async function withServer(protection?: { readonly username: string; readonly password: string }) {
  await using stack = new AsyncDisposableStack();
  const world = stack.use(await withRepository());
  const server = stack.use(await gitServer(world.folder.path, protection));
  const all = stack.move();
  const open = (changes: Partial<GitRepositoryOptions> = {}) => world.open({ url: `${server.url}/a.git`, ...changes });
  return { world, server, open, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

async function makeUpdate(repository: ReturnType<RemoteAndWork["open"]>, text = "two\n") {
  const head = await repository.readHead();
  const files = [{ path: "compose.yml", text }];
  return { head, commit: await repository.makeCommit({ parent: head.commit, files, message: "Update" }) };
}

test("a token opens a repository, for reading and writing, and lies nowhere", async () => {
  await using http = await withServer({ username: "talos", password });
  const repository = http.open({ account });
  await expect(repository.checkPush()).resolves.toBeUndefined();
  const { head, commit } = await makeUpdate(repository);
  await expect(repository.push(commit, head)).resolves.toEqual({ kind: "pushed" });
  expect((await repository.open(await repository.readHead())).text("compose.yml")).toMatchObject({ text: "two\n" });
  const { workFolder } = http.world.options();
  const found = (await readdir(workFolder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .filter(({ parentPath, name }) => readFileSync(join(parentPath, name)).includes(password));
  expect(found).toEqual([]);
});

test.each([
  ["wrong", { ...account, token: createSecret("wrong-token") }],
  ["none", nobody],
])("with a token that is %s the access is denied", async (_case, given) => {
  await using http = await withServer({ username: "talos", password });
  const repository = http.open({ account: given });
  const failure = await repository.readHead().catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: "source-unreadable", message: expect.stringContaining("access was denied") });
  expect(String(failure)).not.toMatch(/wrong-token|v3ry/);
});

test("a right to read alone is no right to push", async () => {
  await using http = await withServer();
  await http.world.person.git("-C", http.world.remote, "config", "http.receivepack", "false");
  const repository = http.open();
  await expect(repository.checkPush()).resolves.toMatch(/403/);
  const { head, commit } = await makeUpdate(repository);
  await expect(repository.push(commit, head)).resolves.toMatchObject({ kind: "refused", hint: expect.any(String) });
});

test("a push whose answer is lost is uncertain, and found out afterwards", async () => {
  await using http = await withServer();
  const repository = http.open();
  const { head, commit } = await makeUpdate(repository);
  http.server.fault = { kind: "lose-push-answer" };
  await expect(repository.push(commit, head)).resolves.toMatchObject({ kind: "uncertain" });
  http.server.fault = undefined;
  await expect(repository.contains(await repository.readHead(), commit, Date.now())).resolves.toBe(true);
});

const passing = { code: "source-unreadable", retryable: true };

test.each([
  ["fails", { kind: "answer", status: 500 }],
  ["is too busy", { kind: "answer", status: 429 }],
  ["hangs up", { kind: "disconnect" }],
] as const)("a server that %s may do better later", async (_case, fault) => {
  await using http = await withServer();
  const repository = http.open();
  const { head, commit } = await makeUpdate(repository);
  http.server.fault = fault;
  await expect(repository.readHead()).rejects.toMatchObject(passing);
  await expect(repository.open({ ...head, commit: "12".repeat(20) })).rejects.toMatchObject(passing);
  await expect(repository.push(commit, head)).resolves.toMatchObject({ kind: "uncertain" });
  http.server.fault = undefined;
  await expect(repository.push(commit, head)).resolves.toEqual({ kind: "pushed" });
});

test("a server that never answers is given up at the deadline", async () => {
  await using http = await withServer();
  const { head, commit } = await makeUpdate(http.open());
  const repository = http.open({ deadlineSeconds: 3 });
  http.server.fault = { kind: "hang" };
  await Promise.all([
    expect(repository.readHead()).rejects.toMatchObject(passing),
    expect(repository.push(commit, head)).resolves.toMatchObject({ kind: "uncertain" }),
  ]);
});

test("a redirection to another host takes no credentials along", async () => {
  await using http = await withServer();
  await using other = await gitServer(http.world.folder.path, { username: "talos", password });
  http.server.fault = { kind: "answer", status: 302, location: other.url.replace("127.0.0.1", "localhost") };
  await expect(http.open({ account }).readHead()).rejects.toThrow(/access was denied/);
  expect(other.requests.length).toBeGreaterThan(0);
  expect(other.requests.map(({ authorization }) => authorization)).not.toContainEqual(expect.any(String));
});

test("a token is not sent without encryption over a network", async () => {
  await using world = await withRepository();
  expect(() => world.open({ url: "http://git.lan/a.git", account })).toThrow(/unencrypted/);
});

test.runIf(process.platform === "linux")(
  "while git waits no argument list holds the token, and nothing of it is left after the deadline or an abort",
  async () => {
    await using http = await withServer({ username: "talos", password });
    const controller = new AbortController();
    const repository = http.open({ account, deadlineSeconds: 300 });
    await repository.open(await repository.readHead());
    http.server.fault = { kind: "hang" };
    const reading = repository.readHead(controller.signal).catch((error: unknown) => error);
    const isOurs = (line: string) => line.includes(`${http.server.url}/a.git`);
    const running = await vi.waitFor(() => {
      const lines = argumentLists().filter(isOurs);
      expect(lines.some((line) => line.includes("remote-http"))).toBe(true);
      return lines;
    }, 15_000);
    expect(running.join("\n")).not.toContain("v3ry");
    controller.abort(new Error("enough"));
    expect(await reading).toMatchObject({ message: "enough" });
    await vi.waitFor(() => expect(argumentLists().filter(isOurs)).toEqual([]), 15_000);

    await expect(http.open({ account, deadlineSeconds: 1 }).readHead()).rejects.toThrow(/did not finish within 1 s/);
    await vi.waitFor(() => expect(argumentLists().filter(isOurs)).toEqual([]), 15_000);
  },
);

function argumentLists(): readonly string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((id) => {
      try {
        return readFileSync(`/proc/${id}/cmdline`, "utf8").replaceAll("\0", " ");
      } catch {
        // It has ended meanwhile.
        return [];
      }
    });
}
