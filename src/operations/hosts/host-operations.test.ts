// What holds for every operation on a host: whatever words it is given go to the host as they are, or nowhere.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ada, askOperation, findOperation } from "../../../test/fixtures/ask-operation.ts";
import { fakeContainer, fakeHost, fakeProject } from "../../../test/fixtures/fake-host.ts";
import { fakeTalos } from "../../../test/fixtures/fake-talos.ts";
import { operations } from "../operations.ts";
import { runOperation } from "../run-operation.ts";

const onHost = operations.filter(({ positional }) => positional[0] === "host");
const { project, containers } = fakeProject("media", ["web"]);
const leftovers = { images: [], networks: [{ id: "n1", name: "media" }], buildCacheBytes: 0 };
/** Arguments for each, of which every one has what it needs. */
const words = { container: "media-web-1", project: "media" };

function argumentsOf(name: string, given: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const { shape } = findOperation(name).arguments;
  return Object.fromEntries(Object.entries(given).filter(([argument]) => argument in shape));
}

function nasWith(settings: Parameters<typeof fakeHost>[1] = {}) {
  return fakeHost("nas", { projects: [project], containers: [...containers], leftovers, ...settings });
}

test("every operation on a host offers what there is, without asking the host", async () => {
  const nas = nasWith();
  const talos = fakeTalos([], { hosts: [nas] });
  expect(onHost.map(({ name }) => name)).toHaveLength(11);
  for (const {
    complete,
    arguments: { shape },
  } of onHost) {
    expect(await complete?.("host", talos, {})).toEqual(["nas"]);
    if ("container" in shape) expect(await complete?.("container", talos, { host: "NAS" })).toEqual(["media-web-1"]);
    if ("project" in shape) expect(await complete?.("service", talos, words)).toEqual(["web"]);
  }
  expect(nas.calls).toEqual([]);
});

describe.each(onHost.map(({ name }) => name))("%s", (name) => {
  const given = argumentsOf(name, { host: "nas", ...words });

  test("is refused at once where the host is down, with the reason and what to do", async () => {
    const down = { kind: "down", reason: "connection refused", hint: "is it on?", sinceMs: 1, nextTryMs: 2 } as const;
    const talos = fakeTalos([], { hosts: [nasWith({ state: down })] });
    expect(await askOperation(talos, name, given)).toMatchObject({
      ok: false,
      code: "host-unreachable",
      view: [{ tone: "bad", text: /connection refused/ }, { text: "is it on?" }],
    });
  });

  test("is refused where there is no such host", async () => {
    const nas = nasWith();
    const answer = await askOperation(fakeTalos([], { hosts: [nas] }), name, { ...given, host: "attic" });
    expect(answer).toMatchObject({ ok: false, code: "target-not-found" });
    expect(nas.calls).toEqual([]);
  });

  test("is cancelled while the host is at work", async () => {
    const caller = new AbortController();
    const nas = nasWith({ onCall: () => caller.abort() });
    const talos = fakeTalos([], { hosts: [nas] });
    const answer = await askOperation(talos, name, given, caller.signal);
    expect(answer).toMatchObject({ ok: false, code: "cancelled", view: [{ text: `${name} was cancelled` }] });
    expect(nas.calls).toHaveLength(1);
    expect(talos.log.at(-1)?.event.facts).toMatchObject({ operation: name, outcome: "cancelled", host: "nas" });
  });

  test("is given up when it takes too long", async () => {
    const all = ["containers", "inspect", "logs", "start", "stop", "restart", "recreate", "leftovers"] as const;
    const talos = fakeTalos([], { hosts: [nasWith({ stalls: [...all] })] });
    const hasty = { ...findOperation(name), deadlineSeconds: 0.005 };
    const steps = runOperation(hasty, given, { talos, actor: ada, signal: new AbortController().signal });
    let step = await steps.next();
    while (step.done !== true) step = await steps.next();
    expect(step.value).toMatchObject({ ok: false, code: "timed-out", view: [{ tone: "bad" }] });
  });

  test("gives the host exactly the words it was given, or is refused", async () => {
    const word = fc.oneof(
      fc.string({ unit: "binary", maxLength: 12 }),
      fc.constantFrom("--all", "-", "$(reboot)", "'; reboot", "a\nb", "", " web ", "x".repeat(501), "../etc"),
    );
    await fc.assert(
      fc.asyncProperty(word, word, word, async (container, named, service) => {
        const nas = nasWith();
        const values = argumentsOf(name, { host: "nas", container, project: named, service, confirm: named });
        const answer = await askOperation(fakeTalos([], { hosts: [nas] }), name, values);
        const sent = nas.calls.flatMap(([, ...given]) => given.flatMap(wordsIn));
        const wanted = [values.container, values.project, values.service].flatMap((one) => one?.trim() ?? []);
        expect(sent).toEqual(answer.code === "usage" ? [] : wanted);
      }),
      { numRuns: 50 },
    );
  });
});

const onContainer = onHost.filter(({ arguments: { shape } }) => "container" in shape);

test.each(onContainer.map(({ name }) => name))(
  "%s is refused where there is no such container, or several",
  async (name) => {
    const twins = ["aa11", "aa22"].map((id) => fakeContainer(id, { id: id.padEnd(64, "0") }));
    const talos = fakeTalos([], { hosts: [nasWith({ containers: [...containers, ...twins] })] });
    expect(await askOperation(talos, name, { host: "nas", container: "media-wbe-1" })).toMatchObject({
      ok: false,
      code: "target-not-found",
      view: [{ text: "there is no container media-wbe-1 on nas" }, { text: "did you mean media-web-1?" }],
    });
    expect(await askOperation(talos, name, { host: "nas", container: "aa" })).toMatchObject({ code: "ambiguous" });
  },
);

/** The words of a person in what a host is asked for. */
function wordsIn(given: unknown): readonly string[] {
  if (typeof given === "string") return [given];
  if (typeof given !== "object" || given === null || !("project" in given)) return [];
  const { project: wanted, service } = { service: undefined, ...given };
  return [wanted, service].flatMap((text) => (typeof text === "string" ? [text] : []));
}
