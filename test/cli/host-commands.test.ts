import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { operations } from "../../src/operations/operations.ts";
import { answerSchema } from "../../src/operations/view-schema.ts";
import { openSocketServer } from "../../src/socket/open-socket-server.ts";
import { type FakeHost, fakeContainer, fakeHost, fakeProject } from "../fixtures/fake-host.ts";
import { fakeTalos } from "../fixtures/fake-talos.ts";
import { describeWith } from "../parties/describe-with.ts";
import { runInTerminal } from "../run-in-terminal.ts";
import { type TalosUser, talosUser } from "../run-talos.ts";

interface Scene extends AsyncDisposable {
  readonly user: TalosUser;
  readonly nas: FakeHost;
}

/** A Talos that runs with a host that is up and one that is down. */
async function openScene(): Promise<Scene> {
  const stack = new AsyncDisposableStack();
  const user = stack.use(await talosUser());
  const media = fakeProject("media", ["web"]);
  const nas = fakeHost("nas", { containers: [...media.containers, fakeContainer("plex")], projects: [media.project] });
  const state = { kind: "down", reason: "refused", hint: "is it on?", sinceMs: 0, nextTryMs: undefined } as const;
  const talos = fakeTalos([], { hosts: [nas, fakeHost("attic", { state })] });
  await user.home.write({ "talos.yaml": "DataDirectory: data\n" });
  const dataDirectory = join(user.home.path, "data");
  const rest = { operations, environment: process.env, onFault: console.error };
  stack.use(await openSocketServer({ dataDirectory, talos, ...rest }));
  return { user, nas, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

test("what is required stands in order, the rest are options", async () => {
  await using scene = await openScene();
  const { user, nas } = scene;
  nas.fake.logs = { plex: ["one", "two", "three"] };
  expect(await user.run(["container", "logs", "nas", "plex", "--lines", "2"])).toEqual({
    status: 0,
    stdout: "two\nthree\n",
    stderr: "",
  });
  expect(await user.run(["project", "up", "nas", "media", "--service", "web"])).toMatchObject({
    status: 0,
    stdout: /^web of media on nas: 1 unchanged\n\nname +image +state/,
  });
  expect(nas.calls).toContainEqual(["compose", { project: "media", action: "up", service: "web" }]);
});

test("ends with 1 where a host or the engine refuses, with 64 for a wrong command line", async () => {
  await using scene = await openScene();
  const { user, nas } = scene;
  expect(await user.run(["containers", "attic"])).toEqual({
    status: 1,
    stdout: "",
    stderr: "talos: attic cannot be reached: refused\n  is it on?\n",
  });
  expect(await user.run(["containers", "nsa"])).toMatchObject({ status: 1, stderr: /did you mean `nas`\?/ });
  expect(await user.run(["container", "logs", "nas", "plex", "--lines", "0"])).toMatchObject({ status: 64 });
  expect(await user.run(["container", "stop", "nas"])).toMatchObject({ status: 64, stderr: /needs .*`container`/ });
  expect(await user.run(["container"])).toMatchObject({
    status: 64,
    stderr: /there are container logs, container start/,
  });
  expect(nas.calls).toEqual([]);
});

test("answers as JSON, also where a host is down", async () => {
  await using scene = await openScene();
  for (const [args, status] of [
    [["containers", "--all"], 0],
    [["hosts"], 0],
    [["version", "nas", "plex"], 1],
  ] as const) {
    const run = await scene.user.run([...args, "--json"]);
    expect({ status: run.status, stderr: run.stderr }).toEqual({ status, stderr: "" });
    expect(answerSchema.parse(JSON.parse(run.stdout))).toMatchObject({ ok: status === 0 });
  }
});

describeWith(["script"], "in a terminal", () => {
  test.each([80, 140])("of %d columns odd names stay in their places, and move nothing", async (columns) => {
    await using scene = await openScene();
    const { user, nas } = scene;
    const odd = ["evil\u001b[2J", "x".repeat(300), "right\u200fto\u202eleft", "日本語テスト", "two\nlines"];
    nas.fake.containers = odd.map((name) => fakeContainer(name, { image: `${name}:1.0` }));
    const { status, screen } = await runInTerminal(user, ["containers", "nas"], { columns });
    expect(status).toBe(0);
    for (const obeyed of ["\u001b[2J", "\u200f", "\u202e"]) expect(screen).not.toContain(obeyed);
    const lines = stripVTControlCharacters(screen).trimEnd().split("\r\n").slice(4);
    expect(lines).toHaveLength(odd.length);
    for (const line of lines) {
      expect(line.length).toBeLessThanOrEqual(columns);
      expect(line).toMatch(/ running +3 hours$/);
    }
  });
});
