import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { operations } from "../../src/operations/operations.ts";
import { openSocketServer } from "../../src/socket/open-socket-server.ts";
import { fakeContainer, fakeHost, fakeProject } from "../fixtures/fake-host.ts";
import {
  type FakeTalos,
  fakeTalos,
  infra,
  letterOf,
  nowMs,
  planned,
  plannedUpdate,
  questionOf,
  recordOf,
  waitingOf,
} from "../fixtures/fake-talos.ts";
import { type HttpWorld, openHttpWorld } from "../fixtures/http-world.ts";
import { type TalosUser, talosUser } from "../run-talos.ts";

type Given = Readonly<Record<string, string>>;

/** Each with something to say, and with something that it refuses. */
const given: Readonly<Record<string, readonly Given[]>> = {
  scan: [{}, { source: "nowhere" }],
  updates: [{}, { source: "infra" }],
  "update answer": [
    { reference: "web", answer: "push" },
    { reference: "web", answer: "fly" },
    { reference: "web", answer: "push", question: "q0" },
  ],
  "update hold": [{ reference: "web" }, { reference: "wbe" }],
  "update unhold": [{ reference: "web" }],
  "update diff": [{ reference: "web" }, { reference: "db" }, { reference: "cache" }],
  why: [{ reference: "web" }],
  queue: [{}],
  deadletters: [{}],
  replaydeadletters: [{ reference: "db" }, {}],
  cleardeadletters: [{ reference: "all" }],
  events: [{ number: "5" }, { number: "0" }],
  hosts: [{}],
  "host prune": [{ host: "nas" }],
  containers: [{}, { host: "nas", all: "true" }],
  image: [{ host: "nas", container: "web" }],
  version: [{ host: "nas", container: "web" }],
  "container logs": [{ host: "nas", container: "web", lines: "1" }],
  "container start": [{ host: "nas", container: "web" }],
  "container stop": [{ host: "nas", container: "web" }],
  "container restart": [{ host: "nas", container: "web" }],
  "container recreate": [{ host: "nas", container: "nobody" }],
  "project pull": [{ host: "nas", project: "blog" }],
  "project up": [{ host: "nas", project: "blog", service: "web" }],
  "token create": [{ name: "t", access: "read", integration: "gitlab" }],
  "token list": [{}],
  "token revoke": [{ name: "nobody" }],
  createwebhook: [{ name: "t", integration: "nothing" }],
  listwebhooks: [{}],
  revokewebhook: [{ name: "nobody" }],
};

const stack = new AsyncDisposableStack();
const talos = seeded();
let world: HttpWorld;
let user: TalosUser;

beforeAll(async () => {
  user = stack.use(await talosUser());
  world = stack.use(await openHttpWorld({ talos }));
  await user.home.write({ "talos.yaml": "DataDirectory: data\n" });
  const dataDirectory = join(user.home.path, "data");
  const settings = { dataDirectory, talos, operations, environment: process.env, onFault: console.error };
  stack.use(await openSocketServer(settings));
}, 30_000);
afterAll(() => stack.disposeAsync());

test("every operation is asked for", () => {
  expect(Object.keys(given)).toEqual(operations.map(({ name }) => name));
});

const cases = Object.entries(given).flatMap(([name, all]) => all.map((values) => [name, values] as const));

test.each(cases)(
  "%s with %j answers over HTTP what it prints with --json",
  async (name, values) => {
    seed(talos);
    const printed = await user.run([...name.split(" "), ...wordsOf(name, values), "--json"]);
    seed(talos);
    const asked = await world.ask(
      `/api/v1/operations/${name.replaceAll(" ", ".")}`,
      { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(values) },
      "admin",
    );
    const answer: { readonly status?: number; readonly view: unknown } = JSON.parse(harmless(await asked.text()));
    const expected = JSON.parse(harmless(printed.stdout));
    if (printed.status === 0) expect(answer).toEqual(expected);
    else expect({ operation: name, ok: asked.ok, view: answer.view }).toEqual(expected);
  },
  30_000,
);

/** Who asked is another one, and each operation that ran before is an event. */
function harmless(text: string): string {
  return text.replaceAll(/[\w-]+ \((?:terminal|http)\)/g, "somebody");
}

function wordsOf(name: string, values: Given): readonly string[] {
  const positional = operations.find((operation) => operation.name === name)?.positional ?? [];
  const words = positional.flatMap((argument) => values[argument] ?? []);
  const options = Object.entries(values)
    .filter(([argument]) => !positional.includes(argument))
    .map(([argument, value]) => (value === "true" ? `--${argument}` : `--${argument}=${value}`));
  return [...words, ...options];
}

function seeded(): FakeTalos {
  const made = fakeTalos([infra], { hosts: [host()] });
  made.state.onScan = () => {
    const record = made.state.records[infra];
    if (record !== undefined) made.state.records[infra] = { ...record, startedMs: nowMs, endedMs: nowMs };
  };
  return made;
}

function host() {
  const blog = fakeProject("blog", ["web", "db"]);
  const containers = [fakeContainer("web"), ...blog.containers];
  const leftovers = { images: [], networks: [{ id: "n", name: "unused" }], buildCacheBytes: 5 };
  return fakeHost("nas", { containers, projects: [blog.project], logs: { web: ["<b>", "last"] }, leftovers });
}

/** Back to the beginning, whatever was done. */
function seed({ state, log, hosts }: FakeTalos): void {
  const references = [plannedUpdate("web"), plannedUpdate("api"), plannedUpdate("db"), planned("cache")];
  state.records[infra] = recordOf(references);
  state.questions.splice(0, 10, questionOf(plannedUpdate("web")));
  state.queue.splice(0, 10, waitingOf(plannedUpdate("api")));
  state.letters.splice(0, 10, letterOf(plannedUpdate("db")));
  state.quarantines.splice(0, 10);
  log.splice(0);
  for (const one of hosts.all) Object.assign(one, host());
}
