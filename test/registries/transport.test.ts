import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rootCertificates } from "node:tls";
import { expect, test } from "vitest";
import type { RequestEvent } from "../../src/registries/request-event.ts";
import { createSecret } from "../../src/telemetry/secret.ts";
import { certificateFile, type FakeAnswer, startFakeRegistry } from "./fake-registry.ts";
import { digestA, openClient } from "./open-client.ts";

const path = "acme/app";
const found = { kind: "found", value: digestA };
const serve: FakeAnswer = { headers: { "docker-content-digest": digestA } };
const tags = Array.from({ length: 300 }, (_, index) => `1.${index}`);
const turn = () => new Promise((resolve) => setImmediate(resolve));

test.each([
  ["http", {}],
  ["https", { caFile: certificateFile }],
] as const)("300 look-ups over %s open at most 16 connections, once.", async (protocol, settings) => {
  await using registry = await startFakeRegistry(async () => {
    for (let turns = 0; turns < 5; turns += 1) await turn();
    return serve;
  }, protocol);
  await using client = openClient({ domains: { [registry.domain]: settings } });
  const results = await Promise.all(tags.map((tag) => client.readDigest({ domain: registry.domain, path }, tag)));
  expect(results.every((result) => result.kind === "found")).toBe(true);
  expect(registry.connections.total).toBeLessThanOrEqual(16);
  expect(registry.connections.total).toBeGreaterThan(8);
  expect(registry.requests).toHaveLength(300);
});

test("300 look-ups over HTTP/2 share one connection, at most 64 at once.", async () => {
  await using registry = await startFakeRegistry(async () => {
    for (let turns = 0; turns < 20; turns += 1) await turn();
    return serve;
  }, "http2");
  await using client = openClient({ domains: { [registry.domain]: { caFile: certificateFile } } });
  const results = await Promise.all(tags.map((tag) => client.readDigest({ domain: registry.domain, path }, tag)));
  expect(results.every((result) => result.kind === "found")).toBe(true);
  expect(registry.connections.total).toBe(1);
  expect(registry.mostAtOnce).toBeLessThanOrEqual(64);
  expect(registry.mostAtOnce).toBeGreaterThan(32);
});

test.each(["http", "http2"] as const)("A configured concurrency is kept over %s.", async (protocol) => {
  await using registry = await startFakeRegistry(async () => {
    for (let turns = 0; turns < 5; turns += 1) await turn();
    return serve;
  }, protocol);
  const settings = { concurrency: 3, ...(protocol === "http" ? {} : { caFile: certificateFile }) };
  await using client = openClient({ domains: { [registry.domain]: settings } });
  await Promise.all(tags.map((tag) => client.readDigest({ domain: registry.domain, path }, tag)));
  expect(registry.mostAtOnce).toBe(3);
});

test("A loopback registry may speak HTTP or HTTPS; which one is found out once.", async () => {
  await using registry = await startFakeRegistry(() => serve, "https");
  const events: RequestEvent[] = [];
  await using client = openClient({ onRequest: (event) => events.push(event) });
  for (const tag of ["1", "2"]) expect(await client.readDigest({ domain: registry.domain, path }, tag)).toEqual(found);
  expect(events.map((event) => event.status)).toEqual([undefined, 200, 200]);
  expect(client.requests).toEqual({ head: 2, get: 0 });
});

test("A certificate nobody trusts is refused, and CaFile is named; with CaFile it is trusted.", async () => {
  await using registry = await startFakeRegistry(() => serve, "https");
  const strict = { endpoint: registry.origin.replace("127.0.0.1", "localhost") };
  const domain = "registry.example";
  await using client = openClient({ domains: { [domain]: { ...strict, caFile: certificateFile } } });
  expect(await client.readDigest({ domain, path }, "1")).toEqual(found);
  const folder = mkdtempSync(join(tmpdir(), "talos-authority-"));
  const otherAuthority = join(folder, "authority.pem");
  writeFileSync(otherAuthority, rootCertificates[0] ?? "");
  await using other = openClient({ domains: { [domain]: { ...strict, caFile: otherAuthority } } });
  expect(await other.readDigest({ domain, path }, "1")).toMatchObject({
    kind: "unreachable",
    text: expect.stringContaining("is signed by nobody this machine trusts"),
    hint: expect.stringContaining('RegistrySettings.Domains."registry.example".CaFile'),
  });
  rmSync(folder, { recursive: true });
  await using missing = openClient({ domains: { [domain]: { ...strict, caFile: "/nonexistent.pem" } } });
  expect(await missing.readDigest({ domain, path }, "1")).toMatchObject({
    kind: "unreachable",
    hint: 'check RegistrySettings.Domains."registry.example".CaFile',
  });
});

test.each([
  ["http", "https", "does not speak what"],
  ["https", "http", "closed the connection"],
] as const)(
  "A registry that speaks %s where %s is configured is told apart.",
  async (protocol, configured, sentence) => {
    await using registry = await startFakeRegistry(() => serve, protocol);
    const domain = "registry.example";
    await using client = openClient({ domains: { [domain]: { endpoint: `${configured}://${registry.domain}` } } });
    const failure = await client.readDigest({ domain, path }, "1");
    expect(failure).toMatchObject({ kind: "unreachable", text: expect.stringContaining(sentence) });
    expect(failure).toMatchObject({ text: expect.stringContaining(`registry.example (asked at ${registry.domain})`) });
  },
);

test.each([
  ["never answers", "never answer"],
  ["stops in the middle of an answer", "stop in the middle"],
] as const)("A registry that %s is unreachable after the time of a request.", async (_, answer) => {
  await using registry = await startFakeRegistry(() => answer);
  await using client = openClient({ requestTimeoutMs: 60, lookupTimeoutMs: 200 });
  expect(await client.listTags({ domain: registry.domain, path })).toMatchObject({
    kind: "unreachable",
    text: `${registry.domain} did not answer within 0.06 s`,
  });
  expect(registry.requests.length).toBeLessThanOrEqual(4);
});

test("A registry where nothing listens is unreachable.", async () => {
  const registry = await startFakeRegistry(() => serve);
  await registry[Symbol.asyncDispose]();
  await using client = openClient();
  expect(await client.readDigest({ domain: registry.domain, path }, "1")).toMatchObject({
    kind: "unreachable",
    text: expect.stringContaining(`${registry.domain} refuses the connection to`),
  });
});

test("A name that does not exist is told at once.", async () => {
  await using client = openClient();
  expect(await client.readDigest({ domain: "registry.invalid", path }, "1")).toMatchObject({
    kind: "unreachable",
    text: expect.stringMatching(/the name of registry\.invalid .* cannot be resolved/),
  });
});

test("A redirect on the same host keeps the Authorization header, one to another host loses it.", async () => {
  await using storage = await startFakeRegistry(() => serve);
  await using registry = await startFakeRegistry((request) => {
    if (request.headers["authorization"] === undefined)
      return { status: 401, headers: { "www-authenticate": "Basic" } };
    if (request.url.pathname.endsWith("/here")) return { status: 302, headers: { location: "/moved" } };
    if (request.url.pathname === "/moved") return serve;
    return { status: 307, headers: { location: `${storage.origin}/blob?signature=s3cret` } };
  });
  const domains = { [registry.domain]: { username: "tom", password: createSecret("hunter2") } };
  const events: RequestEvent[] = [];
  await using client = openClient({ domains, onRequest: (event) => events.push(event) });
  expect(await client.readDigest({ domain: registry.domain, path }, "here")).toEqual(found);
  expect(await client.readDigest({ domain: registry.domain, path }, "there")).toEqual(found);
  expect(registry.requests.at(-2)?.headers["authorization"]).toContain("Basic");
  expect(storage.requests).toHaveLength(1);
  expect(storage.requests[0]?.headers["authorization"]).toBeUndefined();
  expect(JSON.stringify(events)).not.toMatch(/s3cret|hunter2/);
});

test("A storage host that fails is named.", async () => {
  await using registry = await startFakeRegistry(() => ({
    status: 307,
    headers: { location: "http://cdn.invalid/x" },
  }));
  await using client = openClient();
  expect(await client.readDigest({ domain: registry.domain, path }, "1")).toMatchObject({
    kind: "unreachable",
    text: `the name of the storage cdn.invalid of ${registry.domain} (http://cdn.invalid) cannot be resolved`,
  });
});

test.each([
  ["to plain HTTP", (origin: string) => origin.replace("https", "http"), "without encryption, which is not followed"],
  ["to another protocol", () => "ftp://example.com/", "redirects to no address"],
  ["to what is no address", () => "http://[", "redirects to no address"],
  ["in a circle", () => "/v2/acme/app/manifests/1", "redirects more than 5 times"],
])("A redirect %s is not followed.", async (_, location, sentence) => {
  let origin = "";
  await using registry = await startFakeRegistry(
    () => ({ status: 302, headers: { location: location(origin) } }),
    "https",
  );
  origin = registry.origin;
  await using client = openClient({ domains: { [registry.domain]: { caFile: certificateFile } } });
  expect(await client.readDigest({ domain: registry.domain, path }, "1")).toMatchObject({
    kind: "bad-answer",
    text: expect.stringContaining(sentence),
  });
});

test("A mirror is asked in place of the registry, below its path.", async () => {
  await using mirror = await startFakeRegistry(() => serve);
  await using client = openClient({ domains: { "docker.io": { endpoint: `${mirror.origin}/hub/` } } });
  expect(await client.readDigest({ domain: "docker.io", path: "library/redis" }, "7")).toEqual(found);
  expect(mirror.lines).toEqual(["HEAD /v2/hub/library/redis/manifests/7"]);
});

test("Closing ends all connections at once, and with them what is still waited for.", async () => {
  const started = Promise.withResolvers<void>();
  await using registry = await startFakeRegistry(() => {
    started.resolve();
    return "never answer";
  });
  const client = openClient();
  const waiting = client.readDigest({ domain: registry.domain, path }, "1");
  await started.promise;
  await client.close();
  expect(await waiting).toMatchObject({ kind: "unreachable" });
  await expect.poll(() => registry.connections.open).toBe(0);
});

test("Every request is told, with its duration and without anything secret.", async () => {
  await using registry = await startFakeRegistry(() => serve);
  const events: RequestEvent[] = [];
  await using client = openClient({ onRequest: (event) => events.push(event) });
  await client.readDigest({ domain: registry.domain, path }, "1");
  expect(events).toEqual([
    {
      domain: registry.domain,
      host: registry.domain,
      isOwn: true,
      method: "HEAD",
      status: 200,
      milliseconds: expect.any(Number),
      waiting: 0,
      pausedSeconds: 0,
      serverTimeMs: expect.any(Number),
      rate: undefined,
    },
  ]);
});
