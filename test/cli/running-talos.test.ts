import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { describe, expect, test, vi } from "vitest";
import { commands } from "../../src/cli/commands.ts";
import { operationCommand } from "../../src/cli/operation-command.ts";
import { operations } from "../../src/operations/operations.ts";
import { answerSchema } from "../../src/operations/view-schema.ts";
import { openSocketServer } from "../../src/socket/open-socket-server.ts";
import {
  type FakeTalos,
  fakeTalos,
  infra,
  letterOf,
  planned,
  plannedUpdate,
  questionOf,
  recordOf,
} from "../fixtures/fake-talos.ts";
import { describeWith } from "../parties/describe-with.ts";
import { runInTerminal } from "../run-in-terminal.ts";
import { type TalosUser, talosMain, talosUser } from "../run-talos.ts";

interface Scene extends AsyncDisposable {
  readonly user: TalosUser;
  readonly talos: FakeTalos;
}

/** A Talos that runs with the configuration of the user's home. */
async function openScene(): Promise<Scene> {
  const stack = new AsyncDisposableStack();
  const user = stack.use(await talosUser());
  const talos = fakeTalos();
  const web = plannedUpdate("web");
  talos.state.records[infra] = recordOf([web, planned("db")]);
  await user.home.write({ "talos.yaml": "DataDirectory: data\n", "named.yaml": "DataDirectory: elsewhere\n" });
  const dataDirectory = join(user.home.path, "data");
  stack.use(
    await openSocketServer({ dataDirectory, talos, operations, environment: process.env, onFault: console.error }),
  );
  return { user, talos, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

describe("a running Talos", () => {
  test("answers the commands that its configuration leads to", async () => {
    await using scene = await openScene();
    const { user, talos } = scene;
    expect(await user.run(["updates"])).toMatchObject({
      status: 0,
      stderr: "",
      stdout: expect.stringMatching(
        /^github\.com\/me\/infra\n {2}1 update \(1 push\), 1 current\n\n {2}update +file .*\n {2}web /,
      ),
    });
    expect(await user.run(["update", "hold", "web"])).toMatchObject({ status: 0 });
    expect(talos.state.calls).toEqual([
      expect.stringMatching(/^hold github\.com\/me\/infra compose:\S+ by \S+ \(terminal\)$/),
    ]);
    expect(await user.run(["queue", "--config", "named.yaml"])).toMatchObject({
      status: 1,
      stderr: `talos: no Talos is running with the data directory ${join(user.home.path, "elsewhere")}\n  talos run starts one; --config names the configuration it runs with\n`,
    });
  });

  test("ends with 1 for what was not done, with 64 for a wrong command line, and one line that says why", async () => {
    await using scene = await openScene();
    const run = (...args: readonly string[]) => scene.user.run(args);
    expect(await run("update", "hold", "wbe")).toEqual({
      status: 1,
      stdout: "",
      stderr: "talos: there is no reference wbe\n  did you mean web?\n",
    });
    expect(await run("update", "answer", "web", "fly")).toEqual({
      status: 64,
      stdout: "",
      stderr: "talos: update answer: `answer` must be push, defer or ignore, not `fly`\n",
    });
    expect(await run("update", "answer", "web")).toMatchObject({ status: 64, stderr: /needs the argument `answer`/ });
    expect(await run("update", "fly")).toMatchObject({
      status: 64,
      stderr: /no command update fly\n {2}there are update answer/,
    });
    expect(await run("queue", "now")).toMatchObject({ status: 64, stderr: /does not know what to do with now/ });
    expect(await run("queue", "--fly")).toMatchObject({ status: 64, stderr: /Unknown option '--fly'/ });
  });

  test("answers as JSON, exactly the operation, whether it was done, and the view", async () => {
    await using scene = await openScene();
    for (const [args, status] of [
      [["updates"], 0],
      [["update", "hold", "nobody"], 1],
      [["why", "web"], 0],
      [["events", "0"], 64],
    ] as const) {
      const run = await scene.user.run([...args, "--json"]);
      expect({ status: run.status, stderr: run.stderr }).toEqual({ status, stderr: "" });
      const answer = answerSchema.parse(JSON.parse(run.stdout));
      expect(answer.ok).toBe(status === 0);
    }
  });

  test("tells why about what it knows; about another the folder is asked", async () => {
    await using scene = await openScene();
    const { user, talos } = scene;
    await user.home.write({ "compose.yml": "services:\n  here: {image: 'x:1'}\n  web: {image: 'y:1'}\n" });
    talos.state.letters.push(letterOf(plannedUpdate("web")));
    expect((await user.run(["why", "web"])).stdout).toMatch(/\ndead letter\n/);
    expect((await user.run(["why", "here"])).stdout).toMatch(
      /^compose:compose\.yml#services\.here\.image\n[^]*\nskipped\n/,
    );
    const elsewhere = await user.run(["why", "web", ".", "--json"]);
    expect(answerSchema.parse(JSON.parse(elsewhere.stdout))).toMatchObject({ operation: "why", ok: true });
    expect(elsewhere.stdout).toContain('"value": "y:1"');
    expect(await user.run(["why", "here", "--source", "infra"])).toMatchObject({
      status: 1,
      stderr: /no reference here/,
    });
    expect(await user.run(["why", "web", "--source", "fra"])).toMatchObject({ status: 1, stderr: /no source fra/ });
  });

  test("is told when its caller is interrupted, and stops", async () => {
    await using scene = await openScene();
    const { user, talos } = scene;
    talos.happen({ kind: "queued", text: "before" });
    const child = spawn(process.execPath, [talosMain, "events", "--follow"], {
      cwd: user.home.path,
      env: user.environment,
      stdio: ["ignore", "pipe", "inherit"],
    });
    let shown = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      shown += text;
    });
    await vi.waitFor(() => expect(shown).toContain("before"), 10_000);
    talos.happen({ kind: "delivered", text: "after" });
    await vi.waitFor(() => expect(shown).toContain("after"), 10_000);
    expect(talos.log.filter(({ event }) => event.kind === "operation")).toEqual([]);
    child.kill("SIGINT");
    expect(await once(child, "exit")).toEqual([null, "SIGINT"]);
    await vi.waitFor(() => expect(talos.log.at(-1)?.event.facts).toMatchObject({ operation: "events" }), 10_000);
  });
});

describeWith(["script"], "in a terminal", () => {
  test("what is asked stands out, fits the columns, and shows nothing that a terminal obeys", async () => {
    await using scene = await openScene();
    const { user, talos } = scene;
    const asked = plannedUpdate("evil\u001b[2J", { file: `services/${"deep/".repeat(12)}compose.yml` });
    talos.state.records[infra] = recordOf([
      asked,
      planned("db", { verdict: "held", reasons: [{ code: "not-aged", text: "too young ".repeat(12).trim() }] }),
    ]);
    talos.state.questions.push(questionOf(asked));
    const { status, screen } = await runInTerminal(user, ["updates"], { columns: 80 });
    expect(status).toBe(0);
    expect(screen).toContain("\u001b[33masks you\u001b[39m");
    expect(screen).not.toContain("\u001b[2J");
    const lines = stripVTControlCharacters(screen).split("\r\n");
    expect(Math.max(...lines.slice(0, -2).map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(lines.join("\n")).toMatch(/db +compose\.yml +held +too young.*\n +young too/);
    expect(lines.join("\n")).toContain("talos update answer 'evil\\u001b[2J' push|defer|ignore");
  });
});

test("the help has the summaries of the definitions, and every operation is a command", () => {
  const summaries = operations.filter(({ name }) => name !== "why").map(({ name, summary }) => [name, summary]);
  const remote = Object.entries(commands).filter(([, { isRemote }]) => isRemote === true);
  expect(Object.fromEntries(remote.map(([name, { summary }]) => [name, summary]))).toEqual(
    Object.fromEntries(summaries),
  );
  expect(commands.why?.summary).toBe(operations.find(({ name }) => name === "why")?.summary);
  expect(operationCommand("update answer").usage).toBe("talos update answer <reference> push|defer|ignore");
});
