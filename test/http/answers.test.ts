import { expect, test } from "vitest";
import { TalosError } from "../../src/talos-error.ts";
import { openHttpWorld } from "../fixtures/http-world.ts";
import { openPageFolder } from "../fixtures/page-folder.ts";
import { exchange } from "../fixtures/raw-http.ts";

test.each([
  "/",
  "/updates",
  "/api/v1/session",
  "/api/v1/nothing",
  "/hc",
  "/readyz",
  "/metrics",
  "/assets/none.js",
  "/webhooks/x",
])("The answer of %s has every header that protects it, and says nothing of what serves it.", async (path) => {
  await using page = await openPageFolder();
  await using world = await openHttpWorld({ pageFolder: page.path });
  const { headers } = await world.ask(path);
  expect(Object.fromEntries(headers)).toMatchObject({
    "content-security-policy": expect.stringMatching(/^default-src 'none'; .*frame-ancestors 'none'$/),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
  });
  expect(headers.get("content-security-policy")).not.toMatch(/unsafe|\*|http/);
  for (const name of ["server", "x-powered-by", "strict-transport-security", "access-control-allow-origin"])
    expect([name, headers.get(name)]).toEqual([name, null]);
});

test("Browsers are told to stay with HTTPS where there is HTTPS.", async () => {
  await using direct = await openHttpWorld({ api: { BaseUrl: "https://talos.example.com" } });
  expect((await direct.ask("/hc")).headers.get("strict-transport-security")).toBe("max-age=31536000");
  await using behind = await openHttpWorld({ api: { TrustedProxies: ["127.0.0.1"] } });
  const secure = { headers: { "x-forwarded-proto": "https" } };
  expect((await behind.ask("/hc", secure)).headers.get("strict-transport-security")).toBe("max-age=31536000");
  expect((await behind.ask("/hc")).headers.get("strict-transport-security")).toBe(null);
});

test("Nothing of the API is kept by anybody.", async () => {
  await using world = await openHttpWorld();
  for (const path of ["/api/v1/session", "/api/v1/nothing", "/hc", "/readyz", "/metrics"])
    expect((await world.ask(path)).headers.get("cache-control")).toBe("no-store");
});

test("What is not there is a problem document; a method that is not taken names those that are.", async () => {
  await using world = await openHttpWorld();
  const missing = await world.ask("/api/v1/nothing");
  expect([missing.status, missing.headers.get("content-type")]).toEqual([404, "application/problem+json"]);
  expect(await missing.json()).toMatchObject({ code: "not-found", status: 404 });
  const wrong = await world.ask("/api/v1/session", { method: "PUT" });
  expect([wrong.status, wrong.headers.get("allow")]).toEqual([405, "GET, HEAD, POST, DELETE, OPTIONS"]);
  expect(await wrong.json()).toMatchObject({ code: "method-not-allowed" });
  const get = await world.ask("/webhooks/gitlab");
  expect([get.status, get.headers.get("allow")]).toEqual([405, "POST, OPTIONS"]);
  expect((await world.ask("/hc", { method: "POST" })).headers.get("allow")).toBe("GET, HEAD, OPTIONS");
});

test("OPTIONS names the methods, and allows no other origin anything.", async () => {
  await using world = await openHttpWorld();
  const headers = { origin: "https://evil.example.com", "access-control-request-method": "POST" };
  const response = await world.ask("/api/v1/session", { method: "OPTIONS", headers });
  expect([response.status, response.headers.get("allow")]).toEqual([204, "GET, HEAD, POST, DELETE, OPTIONS"]);
  expect([...response.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
});

test("HEAD answers as GET does, without the body.", async () => {
  await using page = await openPageFolder();
  await using world = await openHttpWorld({ pageFolder: page.path });
  for (const path of ["/", "/hc", "/api/v1/session", "/api/v1/nothing", "/assets/index-8f3kQ2_z.js"]) {
    const get = await world.ask(path);
    const head = await world.ask(path, { method: "HEAD" });
    expect([path, head.status, head.headers.get("content-type")]).toEqual([
      path,
      get.status,
      get.headers.get("content-type"),
    ]);
    expect(await head.text()).toBe("");
  }
});

test.each(["TRACE", "CONNECT", "PROPFIND", "get", "Get"])(
  "The method %s is answered, and not by a fault.",
  async (method) => {
    await using world = await openHttpWorld();
    const answer = await exchange(world.url, `${method} /hc HTTP/1.1\r\nHost: talos\r\nConnection: close\r\n\r\n`);
    expect(answer === "" || /^HTTP\/1\.1 4\d\d /.test(answer)).toBe(true);
    expect(world.log).toEqual([]);
  },
);

test("Long answers are compressed for who takes that, short ones are not.", async () => {
  const metrics = async () => ({ contentType: "text/plain; version=0.0.4", text: "talos_up 1\n".repeat(1000) });
  await using world = await openHttpWorld({ metrics });
  const encoding = async (path: string, accepted: string) => {
    const response = await world.ask(path, { headers: { "accept-encoding": accepted } });
    return [response.headers.get("content-encoding"), response.headers.get("vary"), (await response.text()).length];
  };
  expect(await encoding("/metrics", "gzip, br")).toEqual(["gzip", "accept-encoding", 11_000]);
  expect(await encoding("/metrics", "br, *;q=0.1")).toEqual(["gzip", "accept-encoding", 11_000]);
  expect(await encoding("/metrics", "gzip;q=0")).toEqual([null, "accept-encoding", 11_000]);
  expect(await encoding("/metrics", "identity")).toEqual([null, "accept-encoding", 11_000]);
  expect(await encoding("/api/v1/queue", "gzip")).toEqual([null, "accept-encoding", 14]);
});

test("While the store is away, or for a fault of Talos, strangers learn nothing, and the headers are there.", async () => {
  await using world = await openHttpWorld();
  const fail = (error: Error) => Object.assign(world.tokens, { find: () => Promise.reject(error) });
  fail(new TalosError("store-unreachable", "redis://10.0.0.9 is away", { retryable: true }));
  const away = await world.ask("/api/v1/session");
  expect([away.status, away.headers.get("x-content-type-options")]).toEqual([503, "nosniff"]);
  const awayText = await away.text();
  expect(awayText).toContain("store-unreachable");
  expect(world.log).toEqual([]);
  fail(new Error("hunter2 at /srv/talos.ts:5"));
  const fault = await world.ask("/api/v1/session");
  expect([fault.status, fault.headers.get("content-type")]).toEqual([500, "application/problem+json"]);
  expect(`${awayText}${await fault.text()}`).not.toMatch(/10\.0\.0\.9|hunter2|srv/);
  expect(world.log).toEqual(["error a request failed by a fault of Talos"]);
});
