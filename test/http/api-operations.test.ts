import { once } from "node:events";
import { request } from "node:http";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { problemSchema } from "../../src/http/problem.ts";
import { defineOperation, type Operation } from "../../src/operations/operation.ts";
import { TalosError } from "../../src/talos-error.ts";
import { fakeContainer, fakeHost } from "../fixtures/fake-host.ts";
import { type FakeTalos, fakeTalos, infra, plannedUpdate, questionOf, recordOf } from "../fixtures/fake-talos.ts";
import { openHttpWorld } from "../fixtures/http-world.ts";
import { openApi } from "./open-api.ts";
import { readStream } from "./read-stream.ts";

const web = plannedUpdate("web");
const noArguments = { arguments: z.strictObject({}), positional: [], access: "operate", deadlineSeconds: 60 } as const;

function asked(): FakeTalos {
  const talos = fakeTalos();
  talos.state.records[infra] = recordOf([web]);
  talos.state.questions.push(questionOf(web));
  return talos;
}

function failing(name: string, error: () => Error): Operation {
  return defineOperation({ ...noArguments, name, summary: "fail", run: async () => Promise.reject(error()) });
}

test.each([
  ["token", "ada (http)"],
  ["session", "ada (page)"],
  ["proxy", "ada (page)"],
] as const)("who comes by a %s is told of as %s", async (via, actor) => {
  const talos = asked();
  await using api = openApi(talos, { via, access: "operate" });
  for (const name of ["update.hold", "update%20hold"]) {
    const { status, body } = await api.post(`/operations/${name}`, { reference: "web" });
    expect({ status, body }).toMatchObject({ status: 200, body: { operation: "update hold", ok: true } });
  }
  expect(talos.state.calls[0]).toContain(`by ${actor}`);
  expect(talos.log.map(({ event }) => event.actor)).toEqual([actor, actor]);
});

test("what the caller may not is refused before anything is run", async () => {
  const talos = asked();
  await using api = openApi(talos, { access: "read" });
  const { status, body } = await api.post("/operations/update.hold", { reference: "web" });
  expect({ status, body }).toMatchObject({ status: 403, body: { code: "forbidden" } });
  expect((await api.post("/updates/answer", { key: "web", answer: "push" })).status).toBe(403);
  expect((await api.get("/settings")).status).toBe(403);
  expect(talos.state.calls).toEqual([]);
  expect(talos.log).toEqual([]);
});

describe("a problem", () => {
  test.each([
    ["updates", { sourc: "x" }, 400, "usage", "updates has no argument `sourc`: did you mean `source`?"],
    ["updates", [], 400, "usage", "the arguments of updates must be a JSON object"],
    ["update.hold", { reference: "wbe" }, 404, "target-not-found", "there is no reference wbe"],
    ["container.stop", { host: "NAS", container: "w" }, 409, "ambiguous", "2 hosts are called NAS, in different case"],
    ["away", {}, 422, "host-unreachable", "nas is away"],
    ["events", { follow: "yes" }, 400, "usage", "what is followed comes as an event stream"],
  ])("of %s with %j is %i %s: %s", async (name, given, status, code, detail) => {
    const talos = Object.assign(asked(), { hosts: { all: [fakeHost("nas"), fakeHost("Nas")] } });
    const away = failing("away", () => new TalosError("host-unreachable", "nas is away", { retryable: true }));
    const { operations } = await import("../../src/operations/operations.ts");
    await using api = openApi(talos, { operations: [...operations, away] });
    const answer = await api.post(`/operations/${name}`, given);
    expect(answer).toMatchObject({ status, body: { status, code, detail } });
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(problemSchema.parse(answer.body)).toEqual(answer.body);
  });

  test("of a fault tells an id, which the log explains", async () => {
    const fault = failing("fault", () => new TypeError("secret 123"));
    await using api = openApi(fakeTalos(), { operations: [fault] });
    const { status, body } = await api.post("/operations/fault");
    const { detail = "", code } = problemSchema.parse(body);
    expect({ status, code }).toEqual({ status: 500, code: "fault" });
    expect(JSON.stringify(body)).not.toContain("secret");
    const [id = ""] = /[0-9a-f-]{36}/.exec(detail) ?? [];
    expect(api.faults).toEqual([expect.objectContaining({ id, error: expect.stringContaining("secret 123") })]);
    const stream = await api.post("/operations/fault", {}, { accept: "text/event-stream" });
    expect(stream).toMatchObject({ status: 200, body: expect.stringMatching(/^event: problem\ndata: .*"status":500/) });
    expect(stream.body).not.toContain("secret");
    expect(api.faults).toHaveLength(2);
  });

  test.each([
    ["text/plain", "{}", 415],
    ["application/x-www-form-urlencoded", "a=b", 415],
    ["application/json", "{", 400],
    ["application/json", "", 200],
    ["application/json; charset=utf-8", "{}", 200],
  ])("of a body %s %j is %i", async (type, body, status) => {
    await using api = openApi(fakeTalos());
    const response = await api.app.request("/api/v1/operations/queue", {
      method: "POST",
      headers: { "content-type": type },
      body,
    });
    expect(response.status).toBe(status);
  });
});

describe("an answer to a question", () => {
  const { key } = questionOf(web);

  test("is given by its key, and not to a later question than was seen", async () => {
    const talos = asked();
    await using api = openApi(talos);
    const late = await api.post("/updates/answer", { key, answer: "push", question: "q0" });
    expect(late).toMatchObject({ status: 404, body: { code: "target-not-found", view: [{ tone: "warning" }] } });
    expect(talos.state.questions).toHaveLength(1);
    const now = await api.post("/updates/answer", { key, answer: "push", question: "q1" });
    expect(now).toMatchObject({ status: 200, body: { operation: "update answer", ok: true } });
    expect(talos.state.questions).toEqual([]);
  });

  test.each([{}, { key, answer: "fly" }, { key, answer: "push", extra: 1 }, { key: 5 }, null])(
    "is refused as %j",
    async (body) => {
      const talos = asked();
      await using api = openApi(talos);
      expect(await api.post("/updates/answer", body)).toMatchObject({ status: 400, body: { code: "usage" } });
      expect(talos.state.calls).toEqual([]);
    },
  );
});

describe("progress", () => {
  const stream = { accept: "text/event-stream" };

  test("comes as it is told, and the outcome last", async () => {
    const busy = defineOperation({
      ...noArguments,
      name: "busy",
      summary: "be busy",
      async *run() {
        yield { kind: "status", text: "first" };
        yield { kind: "part", part: { type: "log", lines: ["<b>one</b>"] } };
        return [{ type: "text", text: "done\nand over" }];
      },
    });
    await using api = openApi(fakeTalos(), { operations: [busy] });
    const { headers, body } = await api.post("/operations/busy", {}, stream);
    expect(headers.get("content-type")).toBe("text/event-stream");
    expect(body).toBe(
      [
        'event: status\ndata: {"text":"first"}\n\n',
        'event: part\ndata: {"type":"log","lines":["<b>one</b>"]}\n\n',
        'event: answer\ndata: {"operation":"busy","ok":true,"view":[{"type":"text","text":"done\\nand over"}]}\n\n',
      ].join(""),
    );
  });

  test("ends in a problem where it was refused while it ran", async () => {
    await using api = openApi(asked());
    const { status, body } = await api.post("/operations/update.hold", { reference: "nobody" }, stream);
    expect(status).toBe(200);
    expect(body).toMatch(/^event: problem\ndata: .*"status":404,"code":"target-not-found".*"view":\[/);
    expect((await api.post("/operations/update.hold", { wrong: 1 }, stream)).status).toBe(400);
  });

  test("of a container that writes comes line by line", async () => {
    const host = fakeHost("nas", {
      containers: [fakeContainer("web")],
      logs: { web: ["old"] },
      writes: { web: ["new"] },
    });
    await using api = openApi(fakeTalos([infra], { hosts: [host] }), { access: "read" });
    const { body } = await api.post(
      "/operations/container.logs",
      { host: "nas", container: "web", follow: true },
      stream,
    );
    expect(body).toBe(
      [
        'event: part\ndata: {"type":"log","lines":["old"]}\n\n',
        'event: part\ndata: {"type":"log","lines":["new"]}\n\n',
        'event: answer\ndata: {"operation":"container logs","ok":true,"view":[{"type":"text","tone":"quiet","text":"web has ended"}]}\n\n',
      ].join(""),
    );
  });

  test("that nobody reads keeps the operation from nothing, and is told in short to who comes back to it", async () => {
    let isDone = false;
    const busy = defineOperation({
      ...noArguments,
      name: "busy",
      summary: "be busy",
      async *run() {
        for (let step = 0; step < 20_000; step++) yield { kind: "status", text: `step ${step}` };
        isDone = true;
        return [];
      },
    });
    await using api = openApi(fakeTalos(), { operations: [busy] });
    const response = await api.app.request("/api/v1/operations/busy", { method: "POST", headers: stream });
    const reader = response.body?.getReader();
    await reader?.read();
    await expect.poll(() => isDone, { timeout: 20_000 }).toBe(true);
    reader?.releaseLock();
    const rest = readStream(response);
    await rest.ended;
    expect(rest.events.map(({ event }) => event)).toEqual(["status", "answer"]);
  });

  test("is cancelled when the connection is closed, with progress and without", async () => {
    const begun: AbortSignal[] = [];
    const slow = defineOperation({
      ...noArguments,
      name: "slow",
      summary: "take long",
      async *run({ signal }) {
        begun.push(signal);
        yield { kind: "status", text: "begun" };
        await once(signal, "abort");
        return [];
      },
    });
    await using world = await openHttpWorld({ operations: [slow] });
    for (const accept of ["application/json", "text/event-stream"]) {
      const sent = request(`${world.url}/api/v1/operations/slow`, {
        method: "POST",
        headers: { authorization: `Bearer ${world.token.operate}`, accept },
      });
      sent.on("error", () => undefined).end();
      await expect.poll(() => begun.length).toBe(1);
      sent.destroy();
      await expect.poll(() => begun[0]?.aborted).toBe(true);
      begun.length = 0;
    }
    await expect.poll(() => world.talos.log.map(({ event }) => event.kind)).toEqual(["operation", "operation"]);
    expect(world.log.filter((line) => line.startsWith("error"))).toEqual([]);
  });
});

test("answers are kept by nobody", async () => {
  await using world = await openHttpWorld();
  for (const path of ["/api/v1/queue", "/api/v1/operations", "/api/v1/nothing"])
    expect((await world.ask(path)).headers.get("cache-control")).toBe("no-store");
});
