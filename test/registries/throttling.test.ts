import { expect, test } from "vitest";
import { type FakeAnswer, startFakeRegistry } from "./fake-registry.ts";
import { digestA, openClient } from "./open-client.ts";
import { createVirtualClock } from "./virtual-clock.ts";

const path = "acme/app";
const found = { kind: "found", value: digestA };
const withDigest = (headers: Readonly<Record<string, string>> = {}): FakeAnswer => ({
  headers: { "docker-content-digest": digestA, ...headers },
});
const refuse = (status: number, retryAfter?: string): FakeAnswer => ({
  status,
  headers: retryAfter === undefined ? {} : { "retry-after": retryAfter },
});

test.each([
  ["429 with seconds", refuse(429, "7"), 7000],
  ["503 with seconds", refuse(503, "7"), 7000],
  ["429 with a date", refuse(429, "Thu, 01 Jan 2026 00:00:30 GMT"), 30_000],
  ["429 without a time", refuse(429), 125],
  ["429 with nonsense", refuse(429, "soon"), 125],
  ["500", refuse(500), 125],
  ["502 with a web page", { status: 502, body: "<html>" }, 125],
  ["a closed socket", "close the socket", 125],
] as const)("After %s the look-up waits as long as it should, and then succeeds.", async (_, refusal, leastMs) => {
  await using registry = await startFakeRegistry(({ number }) => (number === 1 ? refusal : withDigest()));
  // A fixed scheme: where HTTPS is possible too, a closed socket means trying that first.
  await using client = openClient({ domains: { [registry.domain]: { endpoint: registry.origin } } });
  const start = client.clock.now();
  expect(await client.readDigest({ domain: registry.domain, path }, "1")).toEqual(found);
  expect(client.clock.now() - start).toBeGreaterThanOrEqual(leastMs);
  expect(client.clock.now() - start).toBeLessThan(leastMs + 1500);
  expect(client.requests.head).toBe(refusal === "close the socket" ? 1 : 2);
});

test("A wait that is longer than a look-up has is not waited for, by nobody.", async () => {
  await using registry = await startFakeRegistry(() => refuse(429, "3600"));
  await using client = openClient();
  const repository = { domain: registry.domain, path };
  const results = await Promise.all(["1", "2", "3"].map((tag) => client.readDigest(repository, tag)));
  for (const result of [...results, await client.listTags(repository)])
    expect(result).toMatchObject({
      kind: "throttled",
      text: expect.stringMatching(/allows no more requests for now.*; it may be asked again in 60 minutes/),
      retryAfterSeconds: expect.toSatisfy((seconds: number) => seconds >= 3599 && seconds <= 3602),
    });
  expect(registry.requests).toHaveLength(1);
});

test("After the pause the registry is asked again.", async () => {
  await using registry = await startFakeRegistry(({ number }) => (number === 1 ? refuse(429, "3600") : withDigest()));
  await using client = openClient();
  const repository = { domain: registry.domain, path };
  expect(await client.readDigest(repository, "1")).toMatchObject({ kind: "throttled" });
  client.clock.advance(3_602_000);
  expect(await client.readDigest(repository, "1")).toEqual(found);
});

test("A registry that is always busy is given up within a look-up's time, and then not asked by everyone anew.", async () => {
  await using registry = await startFakeRegistry(() => refuse(503));
  await using client = openClient();
  const repository = { domain: registry.domain, path };
  expect(await client.readDigest(repository, "1")).toEqual({
    kind: "unreachable",
    text: `${registry.domain} answered 503, again and again`,
    hint: "try again later",
  });
  const asked = registry.requests.length;
  expect(asked).toBeLessThan(20);
  const tags = Array.from({ length: 100 }, (_, index) => `${index}`);
  const results = await Promise.all(tags.map((tag) => client.readDigest(repository, tag)));
  expect(results.every((result) => result.kind === "unreachable")).toBe(true);
  expect(registry.requests).toHaveLength(asked);
  client.clock.advance(31_000);
  await client.readDigest(repository, "1");
  expect(registry.requests.length).toBeGreaterThan(asked);
});

test("Hundreds that wait for a registry that is down share one finding.", async () => {
  await using registry = await startFakeRegistry(() => "close the socket");
  await using client = openClient();
  const tags = Array.from({ length: 300 }, (_, index) => `${index}`);
  const results = await Promise.all(tags.map((tag) => client.readDigest({ domain: registry.domain, path }, tag)));
  expect(results.every((result) => result.kind === "unreachable")).toBe(true);
  expect(registry.requests.length + registry.connections.total).toBeLessThan(60);
});

test.each([
  ["429", () => refuse(429)],
  ["503", () => refuse(503)],
  ["429 with Retry-After", () => refuse(429, "1")],
  ["503 with Retry-After", () => refuse(503, "2")],
])("With %s for 30 % of the requests, 300 look-ups all end right and none wrong.", async (_, refusal) => {
  const digestOf = (tag: string) => `sha256:${tag.padStart(64, "0")}`;
  const chance = createVirtualClock();
  await using registry = await startFakeRegistry(({ url }) => {
    if (chance.random() < 0.3) return refusal();
    return { headers: { "docker-content-digest": digestOf(url.pathname.split("/").at(-1) ?? "") } };
  });
  await using client = openClient();
  const tags = Array.from({ length: 300 }, (_, index) => `${index}`);
  const results = await Promise.all(tags.map((tag) => client.readDigest({ domain: registry.domain, path }, tag)));
  expect(results).toEqual(tags.map((tag) => ({ kind: "found", value: digestOf(tag) })));
  expect(client.requests.head).toBeLessThan(600);
});

test.each([
  ["as Docker Hub says it", { "ratelimit-limit": "100;w=21600", "ratelimit-remaining": "10;w=21600" }, 21_600],
  ["with a reset", { "x-ratelimit-limit": "100", "x-ratelimit-remaining": "10", "x-ratelimit-reset": "900" }, 900],
  [
    "with a moment",
    { "ratelimit-limit": "100", "ratelimit-remaining": "3", "ratelimit-reset": `${Date.UTC(2026, 0, 1) / 1000 + 300}` },
    300,
  ],
])("The last pulls of a budget, %s, are left to real ones; HEAD goes on.", async (_, headers, seconds) => {
  await using registry = await startFakeRegistry(() => withDigest(headers));
  await using client = openClient();
  const repository = { domain: registry.domain, path };
  expect(await client.readDigest(repository, "1")).toEqual(found);
  expect(await client.describeImage(repository, digestA)).toMatchObject({
    kind: "throttled",
    text: expect.stringContaining("allows few more pulls for now, and they are left to real ones"),
    retryAfterSeconds: seconds,
  });
  expect(await client.readDigest(repository, "2")).toEqual(found);
  expect(client.requests).toEqual({ head: 2, get: 0 });
});

test("A budget that has enough left holds nothing back, and one that is filled again neither.", async () => {
  let remaining = 11;
  await using registry = await startFakeRegistry((request) =>
    request.method === "HEAD"
      ? withDigest({ "ratelimit-limit": "100;w=21600", "ratelimit-remaining": `${remaining};w=21600` })
      : { status: 404 },
  );
  await using client = openClient();
  const repository = { domain: registry.domain, path };
  await client.readDigest(repository, "1");
  expect(await client.describeImage(repository, digestA)).toMatchObject({ kind: "tag-missing" });
  remaining = 1;
  await client.readDigest(repository, "2");
  expect(await client.describeImage(repository, digestA)).toMatchObject({ kind: "throttled" });
  client.clock.advance(21_601_000);
  expect(await client.describeImage(repository, digestA)).toMatchObject({ kind: "tag-missing" });
});

test("A budget that is used up until a known moment is not overdrawn.", async () => {
  await using registry = await startFakeRegistry(() =>
    withDigest({ "ratelimit-limit": "10", "ratelimit-remaining": "0", "ratelimit-reset": "120" }),
  );
  await using client = openClient();
  expect(await client.readDigest({ domain: registry.domain, path }, "1")).toEqual(found);
  expect(await client.readDigest({ domain: registry.domain, path }, "2")).toMatchObject({
    kind: "throttled",
    retryAfterSeconds: 120,
  });
  expect(client.requests.head).toBe(1);
});

test("A registry that refuses more than four at once soon gets no more than it takes.", async () => {
  let inside = 0;
  await using registry = await startFakeRegistry(async () => {
    inside += 1;
    const isTooMany = inside > 4;
    for (let turns = 0; turns < 5; turns += 1) await new Promise((resolve) => setImmediate(resolve));
    inside -= 1;
    return isTooMany ? refuse(429) : withDigest();
  });
  await using client = openClient();
  const tags = Array.from({ length: 300 }, (_, index) => `${index}`);
  const results = await Promise.all(tags.map((tag) => client.readDigest({ domain: registry.domain, path }, tag)));
  expect(results.every((result) => result.kind === "found")).toBe(true);
  expect(client.requests.head).toBeLessThan(400);
});

test("The first to ask waits alone for a busy registry.", async () => {
  await using registry = await startFakeRegistry(({ number }) => (number <= 5 ? refuse(503) : withDigest()));
  await using client = openClient();
  const tags = Array.from({ length: 20 }, (_, index) => `${index}`);
  const results = await Promise.all(tags.map((tag) => client.readDigest({ domain: registry.domain, path }, tag)));
  expect(results.every((result) => result.kind === "found")).toBe(true);
  expect(client.requests.head).toBe(25);
});
