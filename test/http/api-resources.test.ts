import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { referencesSchema } from "../../src/http/api/api-schemas.ts";
import { resources } from "../../src/http/api/resources/resources.ts";
import { fakeContainer, fakeHost } from "../fixtures/fake-host.ts";
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
import { openApi } from "./open-api.ts";

const other = "github.com/me/other";
const hostile = `<img src=x onerror="alert('1')">\u202e\u0000 ${"${7*7}"}`;

function world(): FakeTalos {
  const labels = { "org.opencontainers.image.version": "1.0", "com.docker.compose.project": "blog" };
  const host = fakeHost("nas", { containers: [fakeContainer("web", { labels })] });
  const talos = fakeTalos([infra, other], { hosts: [host] });
  const [web, api, db] = ["web", "api", "db"].map((name) => plannedUpdate(name));
  if (web === undefined || api === undefined || db === undefined) throw new Error("three were made");
  talos.state.records[infra] = recordOf([web, planned("cache"), api, db, plannedUpdate("mail")]);
  talos.state.questions.push(questionOf(web));
  talos.state.queue.push(waitingOf(api));
  talos.state.letters.push(letterOf(db), { key: `${infra} group:x`, letter: undefined, text: "{" });
  talos.state.quarantines.push({
    key: `${infra} group:immich`,
    source: infra,
    target: "group:immich",
    quarantine: [{ kind: "held", actor: "ada (page)", atMs: nowMs, members: [] }],
  });
  talos.state.registries.push({
    domain: "docker.io",
    hours: [{ startMs: nowMs, head: 5, get: 1 }],
    budget: { limit: 100, remaining: 99, atMs: nowMs },
    throttle: { limit: 5, perSeconds: 3600, used: 1 },
  });
  talos.happen({ kind: "delivered", text: "web is delivered", source: infra, size: "minor" });
  return talos;
}

test.each(resources.map(({ path }) => path))("%s answers what its schema says, and nothing beside", async (path) => {
  await using api = openApi(world());
  const resource = resources.find((one) => one.path === path);
  const query = path.endsWith("completions") ? "?argument=source" : "";
  const name = path.startsWith("/hosts/") ? "nas" : "updates";
  const { status, body } = await api.get(path.replace("{name}", name) + query);
  expect(status).toBe(200);
  expect(resource?.answer.parse(body)).toEqual(body);
});

test("sources are told with their latest scan, and those without one too", async () => {
  await using api = openApi(world());
  const { body } = await api.get("/sources");
  expect(body).toEqual({
    sources: [
      {
        id: infra,
        url: `https://${infra}.git`,
        scannedMs: nowMs - 300_000,
        nextScan: nowMs + 600_000,
        counts: { references: 5, current: 1, update: 4, held: 0, skipped: 0, unknown: 0 },
      },
      { id: other, url: `https://${other}.git`, nextScan: nowMs + 600_000 },
    ],
  });
});

describe("references", () => {
  test("tell what has become of what is newer", async () => {
    await using api = openApi(world());
    const { references } = referencesSchema.parse((await api.get("/references")).body);
    expect(references.map(({ name, update }) => [name, update?.state, update?.question])).toEqual([
      ["web", "asked", "q1"],
      ["cache", undefined, undefined],
      ["api", "queued", undefined],
      ["db", "dead", undefined],
      ["mail", "proposed", undefined],
    ]);
    expect(references[0]).toMatchObject({ key: questionOf(plannedUpdate("web")).key, update: { to: "web:1.1.0" } });
  });

  test.each([
    ["?verdict=current", ["cache"]],
    ["?text=MAIL", ["mail"]],
    ["?text=library%2Fdb", ["db"]],
    ["?text=compose.yml+api", ["api"]],
    ["?text=nothing", []],
    ["?source=other", []],
    ["?source=infra&text=services.web", ["web"]],
  ])("with %s are %j", async (query, names) => {
    await using api = openApi(world());
    const { references, total } = referencesSchema.parse((await api.get(`/references${query}`)).body);
    expect(references.map(({ name }) => name)).toEqual(names);
    expect(total).toBe(names.length);
  });

  test("come page by page, all of them once, also where the last of a page has gone", async () => {
    const numbers = fc.record({
      all: fc.nat({ max: 30 }),
      limit: fc.integer({ min: 1, max: 10 }),
      isGone: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(numbers, async ({ all, limit, isGone }) => {
        const talos = fakeTalos();
        const names = Array.from({ length: all }, (_, index) => `r ${index}`);
        let every = names.map((name) => planned(name));
        talos.state.records[infra] = recordOf(every);
        await using api = openApi(talos);
        const read: string[] = [];
        let query = `?limit=${limit}`;
        while (read.length <= all) {
          const page = referencesSchema.parse((await api.get(`/references${query}`)).body);
          read.push(...page.references.map(({ name }) => name));
          if (page.next === undefined) break;
          if (isGone) every = every.filter(({ name }) => name !== read.at(-1));
          talos.state.records[infra] = recordOf(every);
          query = `?limit=${limit}&after=${encodeURIComponent(page.next)}`;
        }
        expect(read).toEqual(names);
      }),
      { numRuns: 40 },
    );
  });
});

test("updates are what is asked, queued, failed and held", async () => {
  await using api = openApi(world());
  const { body } = await api.get("/updates");
  expect(body).toMatchObject({
    updates: [
      { name: "web", state: "asked", question: "q1", sinceMs: nowMs - 60_000, size: "minor" },
      { name: "api", state: "queued", sinceMs: nowMs - 120_000 },
      { name: "db", state: "dead", sinceMs: nowMs - 3_600_000 },
      { name: "group:immich", state: "held", members: [], held: ["held by ada (page)"], sinceMs: nowMs },
    ],
  });
});

test("a dead letter that cannot be read is told as it is", async () => {
  await using api = openApi(world());
  const { body } = await api.get("/dead-letters");
  expect(body).toMatchObject({
    deadLetters: [
      { name: "db", reason: "the branch is protected", attempts: 3 },
      { key: `${infra} group:x`, reason: "it cannot be read: {" },
    ],
  });
});

test("containers are told with their versions and projects, of the host that is named in any case", async () => {
  await using api = openApi(world());
  expect(await api.get("/hosts/NAS/containers")).toMatchObject({
    status: 200,
    body: { host: "nas", containers: [{ name: "web", version: "1.0", project: "blog" }] },
  });
  expect(await api.get("/hosts/nsa/containers")).toMatchObject({ status: 404, body: { hint: "did you mean `nas`?" } });
});

test("operations say whether the caller may, and nothing is offered to who may not", async () => {
  const talos = world();
  await using reader = openApi(talos, { access: "read" });
  const { body } = await reader.get("/operations");
  expect(body).toMatchObject({
    operations: expect.arrayContaining([
      expect.objectContaining({ name: "updates", isAllowed: true }),
      expect.objectContaining({ name: "update answer", isAllowed: false, positional: ["reference", "answer"] }),
    ]),
  });
  const path = "/operations/update.hold/completions?argument=reference&text=w";
  expect((await reader.get(path)).body).toEqual({ completions: [] });
  await using operator = openApi(talos, { access: "operate" });
  expect((await operator.get(path)).body).toEqual({ completions: ["web"] });
});

test.each([
  ["/references?limit=0", "`limit` must be a whole number from 1 to 10000, not `0`"],
  ["/references?limit=1&limit=2", "`limit` is given more than once"],
  ["/references?verdit=held", "the query has no `verdit`: did you mean `verdict`?"],
  ["/references?after=x", "`after` is not the `next` of a page"],
  ["/queue?x=1", "the query has no `x`: none is known here"],
  ["/operations/queue/completions", "`argument` is missing"],
  ["/operations/queue/completions?argument=x", "queue has no argument `x`"],
])("%s is refused: %s", async (path, detail) => {
  await using api = openApi(world());
  expect(await api.get(path)).toMatchObject({ status: 400, body: { code: "usage", detail } });
});

test("names from outside are data, whatever they say", async () => {
  const host = fakeHost(hostile, { containers: [fakeContainer(hostile)], logs: { [hostile]: [hostile] } });
  const talos = fakeTalos([infra], { hosts: [host] });
  talos.state.records[infra] = recordOf([plannedUpdate(hostile, { file: hostile })]);
  talos.happen({ kind: "queued", text: hostile, source: hostile });
  await using api = openApi(talos);
  expect((await api.get("/references")).body).toMatchObject({ references: [{ name: hostile, file: hostile }] });
  expect((await api.get("/events")).body).toMatchObject({ events: [{ text: hostile }] });
  expect((await api.get(`/hosts/${encodeURIComponent(hostile)}/containers`)).body).toMatchObject({
    containers: [{ name: hostile }],
  });
  const asked = await api.post("/operations/update.hold", { reference: hostile });
  expect(asked).toMatchObject({ status: 200, body: { view: [{ text: expect.stringContaining(hostile) }, {}] } });
  const missing = await api.post("/operations/update.hold", { reference: `no ${hostile}` });
  expect(missing).toMatchObject({ status: 404, body: { detail: `there is no reference no ${hostile}` } });
  for (const { headers } of [asked, missing]) expect(headers.get("content-type")).toMatch(/json$/);
});
