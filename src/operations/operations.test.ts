import { describe, expect, test } from "vitest";
import { z } from "zod";
import { ada, askOperation, findOperation } from "../../test/fixtures/ask-operation.ts";
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
} from "../../test/fixtures/fake-talos.ts";
import { TalosError } from "../talos-error.ts";
import { checkArguments } from "./check-arguments.ts";
import type { Progress } from "./operation.ts";
import { operations } from "./operations.ts";
import { runOperation } from "./run-operation.ts";

const other = "github.com/me/other";
const web = plannedUpdate("web");
function fail(): never {
  throw new TypeError("a fault");
}

/** Two sources, in both of which there is a web. */
function twoSources(): FakeTalos {
  const talos = fakeTalos([infra, other]);
  talos.state.records[infra] = recordOf([web, planned("db")]);
  talos.state.records[other] = recordOf([{ ...web, source: other }], { source: other });
  return talos;
}

describe("arguments", () => {
  test.each([
    ["updates", { sourc: "a" }, "updates has no argument `sourc`: did you mean `source`?"],
    ["queue", { x: 1 }, "queue takes no arguments, and was given `x`"],
    ["update answer", { reference: "web" }, "update answer needs the argument `answer`"],
    [
      "update answer",
      { reference: "web", answer: "fly" },
      "update answer: `answer` must be push, defer or ignore, not `fly`",
    ],
    ["update hold", { reference: "  " }, "update hold: `reference` must not be empty"],
    ["update hold", { reference: null }, "update hold: `reference` must be a single value"],
    ["update hold", { reference: ["web"] }, "update hold: `reference` must be a single value"],
    ["events", { number: 0 }, "events: `number` must be a whole number from 1 to 1000, not `0`"],
    ["events", { number: "many" }, "events: `number` must be a whole number from 1 to 1000, not `many`"],
    ["events", { follow: "maybe" }, "events: `follow` must be true or false, not `maybe`"],
    ["scan", [], "the arguments of scan must be a JSON object"],
    ["scan", "infra", "the arguments of scan must be a JSON object"],
    ["scan", null, "the arguments of scan must be a JSON object"],
    ["scan", { constructor: "x" }, "scan has no argument `constructor`: known are `source`"],
  ])("%s refuses %j with one line", async (name, given, text) => {
    expect(checkArguments(findOperation(name), given)).toEqual({ kind: "wrong", text });
    const talos = fakeTalos();
    expect(await askOperation(talos, name, given)).toMatchObject({
      ok: false,
      code: "usage",
      view: [{ tone: "bad", text }],
    });
    expect(talos.log).toEqual([]);
  });

  test.each([[{ number: "3", follow: "no" }], [{ number: 3, follow: false }], [{ number: " 3 ", all: "off" }]])(
    "%j means the same as text and as JSON",
    async (given) => {
      const talos = fakeTalos();
      for (const text of ["a", "b", "c", "d"]) talos.happen({ kind: "queued", text });
      const { view } = await askOperation(talos, "events", given);
      expect(view).toMatchObject([{ type: "table", rows: [{ 3: "b" }, { 3: "c" }, { 3: "d" }] }]);
    },
  );

  test("all have a description, a name that fits a group, and a place in the JSON Schema", () => {
    for (const { name, arguments: schema, positional, summary } of operations) {
      expect(name).toMatch(/^[a-z]+( [a-z]+)?$/);
      expect(summary).toMatch(/^[a-z].*[^.]$/);
      const { properties = {} } = z.toJSONSchema(schema, { io: "input" });
      expect(Object.keys(properties)).toEqual(expect.arrayContaining([...positional]));
      for (const property of Object.values(properties)) {
        expect(property).toMatchObject({ description: expect.stringMatching(/./) });
        expect(property).toHaveProperty("type");
      }
    }
  });
});

describe("every run", () => {
  test.each([
    ["queue", {}, { outcome: "ok", access: "read" }, "queue: ok"],
    ["update hold", { reference: "web" }, { outcome: "ok", access: "operate" }, 'update hold, reference "web": ok'],
    [
      "update hold",
      { reference: "xyzzy" },
      { outcome: "target-not-found" },
      'update hold, reference "xyzzy": target-not-found',
    ],
    ["updates", { source: "xyzzy" }, { outcome: "target-not-found" }, 'updates, source "xyzzy": target-not-found'],
  ])("of %s %j leaves an event with who asked and the outcome", async (name, given, facts, text) => {
    const talos = fakeTalos();
    talos.state.records[infra] = recordOf([web]);
    await askOperation(talos, name, given);
    expect(talos.log.map(({ event }) => event)).toMatchObject([
      { kind: "operation", actor: "ada (terminal)", cause: "request", text, facts: { operation: name, ...facts } },
    ]);
  });

  test("can be cancelled, also where it waits", async () => {
    const talos = fakeTalos();
    const caller = new AbortController();
    talos.state.onScan = () => caller.abort();
    const answer = await askOperation(talos, "scan", {}, caller.signal);
    expect(answer).toMatchObject({ ok: false, code: "cancelled", view: [{ text: "scan was cancelled" }] });
    expect(talos.log.at(-1)?.event.facts).toMatchObject({ outcome: "cancelled" });
  });

  test("that nobody waits for any more was cancelled", async () => {
    const talos = fakeTalos();
    const steps = runOperation(findOperation("scan"), {}, { talos, actor: ada, signal: new AbortController().signal });
    await steps.next();
    await steps.return({ ok: false, view: [] });
    expect(talos.log.at(-1)?.event.facts).toMatchObject({ operation: "scan", outcome: "cancelled" });
  });

  test("is answered though the event cannot be kept, because the store is gone", async () => {
    const talos = fakeTalos();
    const events = { ...talos.events, tell: async () => Promise.reject(new TalosError("store-unreachable", "gone")) };
    expect(await askOperation({ ...talos, events }, "queue")).toMatchObject({ ok: true });
  });

  test("that meets an expected failure says what failed and what to do", async () => {
    const talos = fakeTalos();
    const gone = new TalosError("store-unreachable", "Redis does not answer", { hint: "is it running?" });
    const delivery = { ...talos.delivery, queue: async () => Promise.reject(gone) };
    expect(await askOperation({ ...talos, delivery }, "queue")).toMatchObject({
      ok: false,
      code: "store-unreachable",
      view: [{ tone: "bad", text: "Redis does not answer" }, { text: "is it running?" }],
    });
  });

  test("ends when its time is over, also where it does not listen", async () => {
    const never = { ...findOperation("queue"), deadlineSeconds: 0.001 };
    async function* run(): AsyncGenerator<Progress, never> {
      yield { kind: "status", text: "waiting" };
      return await new Promise<never>(() => undefined);
    }
    const talos = fakeTalos();
    const steps = runOperation({ ...never, run }, {}, { talos, actor: ada, signal: new AbortController().signal });
    await steps.next();
    const { value } = await steps.next();
    expect(value).toMatchObject({ ok: false, code: "timed-out", view: [{ tone: "bad" }] });
    expect(talos.log.at(-1)?.event.facts).toMatchObject({ outcome: "timed-out" });
  });

  test("that meets a fault of the program leaves its event and throws it on", async () => {
    const talos = { ...fakeTalos(), sources: [] };
    const faulty = { ...findOperation("queue"), run: () => fail() };
    const steps = runOperation(faulty, {}, { talos, actor: ada, signal: new AbortController().signal });
    await expect(steps.next()).rejects.toThrow(TypeError);
    expect(talos.log.at(-1)?.event.facts).toMatchObject({ outcome: "fault" });
  });
});

describe("updates", () => {
  test("says what became of each proposal, what is held and why, and offers the answers", async () => {
    const talos = fakeTalos();
    const asked = plannedUpdate("asked");
    const dead = plannedUpdate("dead");
    const queued = plannedUpdate("queued");
    const held = planned("cache", { verdict: "held", reasons: [{ code: "not-aged", text: "seen 1 h ago" }] });
    talos.state.records[infra] = recordOf([web, asked, dead, queued, held, planned("current")]);
    talos.state.questions.push(questionOf(asked));
    talos.state.letters.push(letterOf(dead));
    talos.state.queue.push(waitingOf(queued));
    const { ok, view } = await askOperation(talos, "updates");
    expect(ok).toBe(true);
    expect(view).toMatchObject([
      { heading: true, text: infra },
      { text: "4 updates (4 push), 1 current, 1 held" },
      {
        rows: [
          ["web", "compose.yml", "1.0.0 -> 1.1.0", "minor", { text: "push", tone: "quiet" }],
          ["asked", {}, {}, {}, { text: "asks you", tone: "warning" }],
          ["dead", {}, {}, {}, { text: "dead letter", tone: "bad" }],
          ["queued", {}, {}, {}, { text: "queued", tone: "good" }],
        ].map((row) => row.map((cell) => (JSON.stringify(cell) === "{}" ? expect.anything() : cell))),
      },
      { rows: [["cache", "compose.yml", { text: "held", tone: "warning" }, "seen 1 h ago"]] },
      { fields: [{ name: "scanned", value: { atMs: nowMs - 300_000 } }, { value: { atMs: nowMs + 600_000 } }] },
      { operation: "update answer", arguments: { reference: "asked", answer: "push" } },
      { operation: "update answer", arguments: { reference: "asked", answer: "defer" } },
      { operation: "update answer", arguments: { reference: "asked", answer: "ignore" } },
    ]);
  });

  test("says where a source was never scanned, and where the last scan failed", async () => {
    const talos = fakeTalos([infra, other]);
    talos.state.records[other] = recordOf([web], { error: "no such branch", hint: "set Branch" });
    const { text } = await askOperation(talos, "updates");
    expect(text).toContain("not scanned yet");
    expect(text).toContain("the last scan failed: no such branch");
    expect(text).toContain("set Branch");
    expect((await askOperation(talos, "updates", { source: "other" })).text).not.toContain(infra);
  });

  test("offers a name that is not ambiguous", async () => {
    const talos = twoSources();
    talos.state.questions.push(questionOf({ ...web, source: other }));
    const { text } = await askOperation(talos, "updates");
    expect(text).toContain(`"reference":"${other} ${web.id}"`);
  });
});

describe("a source", () => {
  test.each([["other"], [other], [`https://${other}.git`]])("is named by %s", async (source) => {
    const talos = twoSources();
    const { text } = await askOperation(talos, "updates", { source });
    expect(text).toContain(other);
    expect(text).not.toContain(infra);
  });

  test("that nobody knows is refused with the nearest", async () => {
    expect((await askOperation(twoSources(), "updates", { source: "othr" })).view).toMatchObject([
      { tone: "bad", text: "there is no source othr" },
      { text: "did you mean `other`?" },
    ]);
  });
});

describe("a reference", () => {
  test.each([
    ["db"],
    ["compose:compose.yml#services.db.image"],
    ["compose.yml#services.db.image"],
    ["db:1.0.0"],
    ["docker.io/library/db"],
    [`${infra} compose:compose.yml#services.db.image`],
  ])("is held by %s", async (reference) => {
    const talos = twoSources();
    expect(await askOperation(talos, "update hold", { reference })).toMatchObject({
      ok: true,
      view: [{ tone: "good" }, {}],
    });
    expect(talos.state.calls).toEqual([`hold ${infra} compose:compose.yml#services.db.image by ada (terminal)`]);
  });

  test("that could be several is not guessed: they are offered", async () => {
    const talos = twoSources();
    const { ok, code, view } = await askOperation(talos, "update hold", { reference: "web" });
    expect({ ok, code, calls: talos.state.calls }).toEqual({ ok: false, code: "ambiguous", calls: [] });
    expect(view).toMatchObject([
      { text: "2 references match web; name one of them:" },
      { operation: "update hold", arguments: { reference: `${infra} ${web.id}` } },
      { operation: "update hold", arguments: { reference: `${other} ${web.id}` } },
    ]);
  });

  test("is the one that is asked about, where several have the name", async () => {
    const talos = twoSources();
    talos.state.questions.push(questionOf({ ...web, source: other }));
    await askOperation(talos, "update answer", { reference: "web", answer: "Push" });
    expect(talos.state.calls).toEqual([`answer ${other} ${web.id} push by ada (terminal)`]);
    talos.state.questions.push(questionOf(web), questionOf({ ...web, source: other }));
    expect(await askOperation(talos, "update answer", { reference: "web", answer: "push" })).toMatchObject({
      code: "ambiguous",
    });
  });

  test("is a whole group, by its name or by that of a member", async () => {
    const sync = { role: "parent", group: "pair", id: "a" } as const;
    const strategy = { digest: "push", patch: "push", minor: "push", major: "push" } as const;
    const rest = { pin: true, allow: [], ignore: [], ageSeconds: null, window: [], platform: null };
    const policy = { skip: false, bump: "minor" as const, strategy, sync, ...rest };
    for (const reference of ["group:pair", "a", "b"]) {
      const talos = fakeTalos();
      talos.state.records[infra] = recordOf([plannedUpdate("a", { policy }), plannedUpdate("b", { policy })]);
      await askOperation(talos, "update hold", { reference });
      expect(talos.state.calls).toEqual([`hold ${infra} group:pair by ada (terminal)`]);
      expect(await askOperation(talos, "update unhold", { reference })).toMatchObject({
        ok: true,
        view: [{ tone: "good" }],
      });
      expect((await askOperation(talos, "why", { reference: "group:pair" })).text).toContain("2 members");
    }
  });

  test("that nobody knows is refused with the nearest", async () => {
    const { code, view } = await askOperation(twoSources(), "update hold", { reference: "wbe" });
    expect({ code, view }).toMatchObject({
      code: "target-not-found",
      view: [{ text: "there is no reference wbe" }, { text: "did you mean web?" }],
    });
  });

  test("can be asked about though its source has lost it", async () => {
    const talos = fakeTalos();
    talos.state.questions.push(questionOf(web));
    expect(await askOperation(talos, "why", { reference: "web" })).toMatchObject({
      ok: true,
      view: [
        { text: expect.stringContaining("web") },
        { text: expect.stringContaining("no longer") },
        { text: "asks you" },
        {},
        {},
        {},
        {},
      ],
    });
    expect(await askOperation(talos, "update answer", { reference: "web", answer: "defer" })).toMatchObject({
      ok: true,
    });
    expect(await askOperation(talos, "update answer", { reference: "web", answer: "defer" })).toMatchObject({
      ok: false,
    });
  });
});

describe("dead letters", () => {
  function withLetters(): FakeTalos {
    const talos = fakeTalos();
    talos.state.letters.push(letterOf(web), letterOf(plannedUpdate("db")));
    return talos;
  }

  test("are listed with their reasons, also what cannot be read", async () => {
    const talos = withLetters();
    talos.state.letters.push({ key: `${infra} compose:x`, letter: undefined, text: "{broken" });
    const { view } = await askOperation(talos, "deadletters");
    expect(view[0]).toMatchObject({ text: "There are 3 dead letters" });
    expect(view[2]).toMatchObject({
      rows: [{ 0: "web", 4: "the branch is protected" }, { 0: "db" }, { 4: "{broken" }],
    });
    expect((await askOperation(fakeTalos(), "deadletters")).view).toMatchObject([
      { text: "There are no dead letters" },
    ]);
  });

  test.each([
    ["replaydeadletters", {}, "Replayed 2 dead letters"],
    ["replaydeadletters", { reference: "all" }, "Replayed 2 dead letters"],
    ["replaydeadletters", { reference: "web" }, "Replayed 1 dead letter"],
    ["cleardeadletters", {}, "Dropped 2 dead letters"],
    ["cleardeadletters", { reference: "db:1.0.0" }, "Dropped 1 dead letter"],
  ])("%s %j says how many", async (name, given, text) => {
    expect((await askOperation(withLetters(), name, given)).view).toMatchObject([{ text }]);
  });

  test("one that is not there is refused", async () => {
    const talos = withLetters();
    expect(await askOperation(talos, "cleardeadletters", { reference: "wbe" })).toMatchObject({ ok: false });
    expect(talos.state.letters).toHaveLength(2);
    expect((await askOperation(fakeTalos(), "cleardeadletters")).view).toMatchObject([
      { text: "Dropped 0 dead letters" },
    ]);
  });
});

test("queue says what waits for what and until when", async () => {
  const talos = fakeTalos();
  expect((await askOperation(talos, "queue")).view).toMatchObject([{ text: "nothing waits to be delivered" }]);
  const wait = { kind: "throttle", text: "docker.io: 5 of 5 in the last hour", untilMs: nowMs + 60_000 } as const;
  talos.state.queue.push(waitingOf(web, wait));
  expect((await askOperation(talos, "queue")).view).toMatchObject([
    { text: "1 update in the queue" },
    { text: infra },
    { rows: [["web", "1.0.0 -> 1.1.0", { atMs: nowMs - 120_000 }, { atMs: nowMs + 60_000 }, wait.text]] },
  ]);
});

describe("events", () => {
  test("leave out operations that only read, unless all are wanted", async () => {
    const talos = fakeTalos();
    talos.happen({ kind: "queued", text: "web" });
    await askOperation(talos, "queue");
    await askOperation(talos, "cleardeadletters");
    expect((await askOperation(talos, "events")).view).toMatchObject([
      { rows: [{ 3: "web" }, { 3: "cleardeadletters: ok; by ada (terminal)" }] },
    ]);
    expect((await askOperation(talos, "events", { all: true })).view).toMatchObject([{ rows: { length: 4 } }]);
    expect((await askOperation(talos, "events", { number: 1 })).view).toMatchObject([
      { rows: [{ 3: "cleardeadletters: ok; by ada (terminal)" }] },
    ]);
  });

  test("say where: the source, or the host that was asked for", async () => {
    const talos = fakeTalos();
    talos.happen({ kind: "queued", text: "web", source: infra });
    await askOperation(talos, "container stop", { container: "web", host: "nas" });
    const what = 'container stop, host "nas", container "web": target-not-found; by ada (terminal)';
    expect((await askOperation(talos, "events")).view).toMatchObject([{ rows: [{ 2: infra }, { 2: "nas", 3: what }] }]);
  });

  test("are followed until it is cancelled", async () => {
    const talos = fakeTalos();
    talos.happen({ kind: "queued", text: "before" });
    const caller = new AbortController();
    const steps = runOperation(findOperation("events"), { follow: true }, { talos, actor: ada, signal: caller.signal });
    expect((await steps.next()).value).toMatchObject({ part: { rows: [{ 3: "before" }] } });
    const next = steps.next();
    talos.happen({ kind: "delivered", text: "after" });
    expect((await next).value).toMatchObject({ part: { rows: [{ 3: "after" }] } });
    const last = steps.next();
    caller.abort();
    expect(await last).toMatchObject({ done: true });
  });
});

describe("why", () => {
  test("tells the verdict, what waits, what is asked, what failed and what happened", async () => {
    const talos = fakeTalos();
    talos.state.records[infra] = recordOf([web]);
    talos.state.queue.push(waitingOf(web));
    talos.state.questions.push(questionOf(web));
    talos.state.letters.push(letterOf(web));
    await askOperation(talos, "update hold", { reference: "web" });
    talos.happen({ kind: "queued", text: "web is queued", source: infra, subject: web.id });
    talos.happen({ kind: "queued", text: "db is queued", source: infra, subject: "compose:db" });
    const { view, text } = await askOperation(talos, "why", { reference: "web" });
    const headings = view.flatMap((part) => (part.type === "text" && part.heading === true ? [part.text] : []));
    expect(headings).toEqual([
      web.id,
      "update",
      "in the queue",
      "asks you",
      "dead letter",
      "held back",
      "latest events",
    ]);
    expect(text).toContain("web is queued");
    expect(text).not.toContain("db is queued");
    expect(text).toContain("1 of 2 tags are above");
  });

  test("lists several matches with their sources", async () => {
    const { ok, view } = await askOperation(twoSources(), "why", { reference: "web" });
    expect(ok).toBe(true);
    expect(view.slice(1)).toMatchObject([
      { operation: "why", arguments: { reference: web.id, source: infra } },
      { operation: "why", arguments: { reference: web.id, source: other } },
    ]);
    expect((await askOperation(twoSources(), "why", { reference: "web", source: "other" })).view[0]).toMatchObject({
      text: web.id,
    });
    const key = `${other} ${web.id}`;
    expect((await askOperation(twoSources(), "why", { reference: key })).view[0]).toMatchObject({ text: web.id });
    expect(await askOperation(twoSources(), "why", { reference: "xyzzy" })).toMatchObject({ code: "target-not-found" });
  });
});

describe("scan", () => {
  test("waits for the scans it asked for, shows how far they are, and sums them up", async () => {
    const talos = fakeTalos([infra, other]);
    talos.state.records[infra] = recordOf([]);
    talos.state.onScan = (source) => {
      const { endedMs: _, ...underWay } = recordOf([web], { source, startedMs: nowMs });
      talos.state.records[source] = { ...underWay, progress: { files: 1, references: 3, decided: 2 } };
    };
    const steps = runOperation(findOperation("scan"), {}, { talos, actor: ada, signal: new AbortController().signal });
    expect((await steps.next()).value).toEqual({
      kind: "status",
      text: "0 of 2 sources; 2 files, 4 of 6 images decided",
    });
    talos.happen({ kind: "queued", text: "web", source: infra });
    talos.happen({ kind: "question-opened", text: "db", source: infra });
    talos.state.records[infra] = recordOf([web], { startedMs: nowMs, endedMs: nowMs + 4200 });
    talos.state.records[other] = recordOf([], { startedMs: nowMs, endedMs: nowMs + 100, error: "no such branch" });
    const { value } = await steps.next();
    expect(value).toMatchObject({
      ok: true,
      view: [
        { text: infra },
        { text: "1 reference: 1 update (1 push)" },
        { text: "1 queued, 1 asked; 4.2 s" },
        { text: other },
        { text: "no such branch", tone: "bad" },
      ],
    });
    expect(talos.state.calls).toEqual([`scan ${infra}`, `scan ${other}`]);
  });
});

test.each([
  ["scan", "source", [infra, other]],
  ["updates", "source", [infra, other]],
  ["update hold", "reference", [`${infra} ${web.id}`, "db", `${other} ${web.id}`]],
  ["why", "reference", [`${infra} ${web.id}`, "db", `${other} ${web.id}`]],
  ["why", "source", [infra, other]],
  ["update answer", "reference", ["db"]],
  ["update answer", "answer", ["push", "defer", "ignore"]],
  ["update unhold", "reference", ["db"]],
  ["replaydeadletters", "reference", ["all", "web"]],
  ["cleardeadletters", "reference", ["all", "web"]],
])("%s offers for its %s what there is, by names that are not ambiguous", async (name, argument, offered) => {
  const talos = twoSources();
  talos.state.questions.push(questionOf(plannedUpdate("db")));
  talos.state.letters.push(letterOf(web));
  await askOperation(talos, "update hold", { reference: "db" });
  expect(await findOperation(name).complete?.(argument, talos, {})).toEqual(offered);
});
