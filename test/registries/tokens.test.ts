import { expect, test } from "vitest";
import { createSecret } from "../../src/telemetry/secret.ts";
import { type FakeAnswer, type FakeRegistry, type FakeRequest, startFakeRegistry } from "./fake-registry.ts";
import { digestA, openClient } from "./open-client.ts";

interface TokenRegistry {
  readonly tokens: FakeRegistry;
  readonly registry: FakeRegistry;
  [Symbol.asyncDispose](): Promise<void>;
}

interface Behaviour {
  readonly issue?: (request: FakeRequest, scopes: readonly string[]) => FakeAnswer;
  /** Whether a token with these scopes lets in to this repository. */
  readonly accepts?: (scopes: readonly string[], scope: string, request: FakeRequest) => boolean;
  readonly challenge?: (scope: string) => string;
  readonly realm?: (origin: string) => string;
}

const serve: FakeAnswer = { headers: { "docker-content-digest": digestA }, body: { name: "x", tags: ["1"] } };
const token = (scopes: readonly string[], more: object = {}): FakeAnswer => ({
  body: { token: Buffer.from(scopes.join(" ")).toString("base64url"), expires_in: 300, ...more },
});

/** A registry and its token service; a token is the text of its scopes. */
async function startTokenRegistry(behaviour: Behaviour = {}): Promise<TokenRegistry> {
  const tokens = await startFakeRegistry((request) => {
    const scopes = request.url.searchParams.getAll("scope");
    return behaviour.issue?.(request, scopes) ?? token(scopes);
  });
  const realm = behaviour.realm?.(tokens.origin) ?? `${tokens.origin}/token`;
  const registry = await startFakeRegistry((request) => {
    const repository = /^\/v2\/(.+?)\/(?:tags|manifests|blobs)\//.exec(request.url.pathname)?.[1];
    const scope = `repository:${repository}:pull`;
    const sent = /^Bearer (.+)$/.exec(String(request.headers["authorization"] ?? ""))?.[1];
    const scopes = sent === undefined ? [] : Buffer.from(sent, "base64url").toString().split(" ");
    const accepts = behaviour.accepts ?? ((covered: readonly string[]) => covered.includes(scope));
    if (sent !== undefined && accepts(scopes, scope, request)) return serve;
    const challenge =
      behaviour.challenge?.(scope) ?? `Bearer realm="${realm}",service="registry.test",scope="${scope}"`;
    return { status: 401, headers: { "www-authenticate": challenge }, body: { errors: [{ code: "UNAUTHORIZED" }] } };
  });
  return {
    tokens,
    registry,
    [Symbol.asyncDispose]: async () => {
      await registry[Symbol.asyncDispose]();
      await tokens[Symbol.asyncDispose]();
    },
  };
}

const found = { kind: "found", value: digestA };
const repositories = (domain: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({ domain, path: `acme/app-${index}` }));

test("One token is fetched for all repositories that are asked for together, after a single 401.", async () => {
  await using party = await startTokenRegistry();
  await using client = openClient();
  const results = await Promise.all(repositories(party.registry.domain, 30).map((one) => client.readDigest(one, "1")));
  expect(results).toEqual(Array.from({ length: 30 }, () => found));
  expect(party.tokens.requests).toHaveLength(1);
  expect(party.tokens.requests[0]?.url.searchParams.getAll("scope")).toHaveLength(30);
  expect(party.tokens.requests[0]?.url.searchParams.get("service")).toBe("registry.test");
  expect(client.requests).toEqual({ head: 31, get: 0 });
});

test("A repository that comes later costs a token and no further 401.", async () => {
  await using party = await startTokenRegistry();
  await using client = openClient();
  for (const repository of repositories(party.registry.domain, 3)) await client.readDigest(repository, "1");
  await client.listTags({ domain: party.registry.domain, path: "acme/app-1" });
  expect(party.tokens.requests).toHaveLength(3);
  expect(client.requests).toEqual({ head: 4, get: 1 });
});

test("Addresses of token requests stay short enough for any server.", async () => {
  await using party = await startTokenRegistry();
  await using client = openClient();
  const results = await Promise.all(repositories(party.registry.domain, 200).map((one) => client.readDigest(one, "1")));
  expect(results.every((result) => result.kind === "found")).toBe(true);
  expect(Math.max(...party.tokens.lines.map((line) => line.length))).toBeLessThan(4100);
  expect(party.tokens.requests.length).toBeLessThan(8);
});

test("Tokens that would be too long for a header are asked for in smaller groups.", async () => {
  await using party = await startTokenRegistry({
    issue: (_, scopes) => token([...scopes, "x".repeat(scopes.length * 400)]),
  });
  await using client = openClient();
  const all = repositories(party.registry.domain, 40);
  for (const part of [all.slice(0, 20), all.slice(20)])
    expect(await Promise.all(part.map((one) => client.readDigest(one, "1")))).toEqual(part.map(() => found));
  const counts = party.tokens.requests.map((request) => request.url.searchParams.getAll("scope").length);
  expect(counts).toEqual([20, 10, 10, 10, 10]);
});

test("A token service that issues for one scope at a time is asked so, and never again otherwise.", async () => {
  await using party = await startTokenRegistry({
    issue: (_, scopes) => (scopes.length > 1 ? { status: 400, body: { details: "one scope please" } } : token(scopes)),
  });
  await using client = openClient();
  const all = repositories(party.registry.domain, 6);
  for (const part of [all.slice(0, 3), all.slice(3)])
    expect(await Promise.all(part.map((one) => client.readDigest(one, "1")))).toEqual([found, found, found]);
  expect(party.tokens.requests.map((request) => request.url.searchParams.getAll("scope").length)).toEqual([
    3, 1, 1, 1, 1, 1, 1,
  ]);
});

test("A registry whose tokens cover only the first scope is asked with one token each.", async () => {
  await using party = await startTokenRegistry({ accepts: (scopes, scope) => scopes[0] === scope });
  await using client = openClient();
  const all = repositories(party.registry.domain, 6);
  for (const part of [all.slice(0, 3), all.slice(3)])
    expect(await Promise.all(part.map((one) => client.readDigest(one, "1")))).toEqual([found, found, found]);
  const counts = party.tokens.requests.map((request) => request.url.searchParams.getAll("scope").length);
  expect(counts).toEqual([3, 1, 1, 1, 1, 1]);
});

test("One repository that may not be read does not take the others with it.", async () => {
  const secret = "repository:acme/app-1:pull";
  await using party = await startTokenRegistry({
    issue: (_, scopes) => (scopes.includes(secret) ? { status: 403, body: {} } : token(scopes)),
  });
  await using client = openClient();
  const results = await Promise.all(repositories(party.registry.domain, 3).map((one) => client.readDigest(one, "1")));
  expect(results).toEqual([
    found,
    {
      kind: "denied",
      text: `${party.registry.domain} has no repository acme/app-1, or it is private`,
      hint: `check the spelling, or log in with docker login ${party.registry.domain}, or configure RegistrySettings.Domains."${party.registry.domain}"`,
    },
    found,
  ]);
});

test("A token is used until shortly before it expires.", async () => {
  await using party = await startTokenRegistry();
  await using client = openClient({ cacheSeconds: 0 });
  const [repository] = repositories(party.registry.domain, 1);
  if (repository === undefined) throw new Error("one was made");
  await client.readDigest(repository, "1");
  client.clock.advance(280_000);
  await client.readDigest(repository, "1");
  expect(party.tokens.requests).toHaveLength(1);
  client.clock.advance(15_000);
  await client.readDigest(repository, "1");
  expect(party.tokens.requests).toHaveLength(2);
});

test("A token that the registry no longer accepts is fetched again, once.", async () => {
  let isRevoked = false;
  await using party = await startTokenRegistry({
    accepts: (_, __, request) => {
      if (!isRevoked || party.tokens.requests.length > 1) return true;
      return request.number < 0;
    },
  });
  await using client = openClient({ cacheSeconds: 0 });
  const repository = { domain: party.registry.domain, path: "acme/app" };
  expect(await client.readDigest(repository, "1")).toEqual(found);
  isRevoked = true;
  expect(await client.readDigest(repository, "1")).toEqual(found);
  expect(party.tokens.requests).toHaveLength(2);
});

test("A registry that refuses every token denies, after few requests.", async () => {
  await using party = await startTokenRegistry({ accepts: () => false });
  await using client = openClient();
  expect(await client.readDigest({ domain: party.registry.domain, path: "acme/app" }, "1")).toMatchObject({
    kind: "denied",
  });
  expect(party.registry.requests.length).toBeLessThanOrEqual(3);
});

test("A registry that revokes every token after its first use denies in the end.", async () => {
  const used = new Set<string>();
  let isRevoking = false;
  await using party = await startTokenRegistry({
    issue: (request, scopes) => token([...scopes, `number:${request.number}`]),
    accepts: (scopes) => {
      const isFirst = !used.has(scopes.join());
      used.add(scopes.join());
      return isFirst && !isRevoking;
    },
  });
  await using client = openClient({ cacheSeconds: 0 });
  const repository = { domain: party.registry.domain, path: "acme/app" };
  expect(await client.readDigest(repository, "1")).toEqual(found);
  isRevoking = true;
  expect(await client.readDigest(repository, "1")).toMatchObject({ kind: "denied" });
  expect(party.registry.requests.length).toBeLessThanOrEqual(5);
});

test("The scope that the registry itself names is the one that is asked for.", async () => {
  await using party = await startTokenRegistry({
    challenge: () =>
      `Bearer realm="${party.tokens.origin}/token",service="s",scope="repository:acme/app:metadata_read"`,
    accepts: (scopes) => scopes.includes("repository:acme/app:metadata_read"),
  });
  await using client = openClient();
  expect(await client.listTags({ domain: party.registry.domain, path: "acme/app" })).toEqual({
    kind: "found",
    value: ["1"],
  });
});

test.each([
  [
    "answers HTML",
    { headers: { "content-type": "text/html" }, body: "<html>" } as FakeAnswer,
    "bad-answer",
    "a web page (HTML)",
  ],
  ["answers without a token", { body: { ok: true } } as FakeAnswer, "bad-answer", "without a token"],
  [
    "answers with a token of two lines",
    { body: { token: "a\r\nx: y" } } as FakeAnswer,
    "bad-answer",
    "without a token",
  ],
  ["answers 500", { status: 500 } as FakeAnswer, "unreachable", "answered 500"],
  ["answers 302", { status: 302, headers: { location: "/x" } } as FakeAnswer, "bad-answer", "answered 302"],
  ["closes the connection", "close the socket" as FakeAnswer, "unreachable", "closed the connection"],
  ["never answers", "never answer" as FakeAnswer, "unreachable", "did not answer within 0.1 s"],
  [
    "allows no more",
    { status: 429, headers: { "retry-after": "3600" } } as FakeAnswer,
    "throttled",
    "allows no more requests",
  ],
])("A token service that %s is named as what failed.", async (_, answer, kind, sentence) => {
  await using party = await startTokenRegistry({ issue: () => answer });
  await using client = openClient({ requestTimeoutMs: 100 });
  const failure = await client.readDigest({ domain: party.registry.domain, path: "acme/app" }, "1");
  expect(failure).toMatchObject({ kind, text: expect.stringContaining(sentence) });
  expect(failure).toMatchObject({
    text: expect.stringContaining(`the token service ${party.tokens.domain} of ${party.registry.domain}`),
  });
});

test("A password goes to the token service, never to the registry, and never twice as it is.", async () => {
  await using party = await startTokenRegistry();
  const domains = { [party.registry.domain]: { username: "tom", password: createSecret("hunter2") } };
  await using client = openClient({ domains });
  expect(await client.readDigest({ domain: party.registry.domain, path: "acme/app" }, "1")).toEqual(found);
  expect(party.tokens.requests[0]?.headers["authorization"]).toBe(
    `Basic ${Buffer.from("tom:hunter2").toString("base64")}`,
  );
  expect(party.registry.requests.map((request) => String(request.headers["authorization"]).slice(0, 6))).toEqual([
    "undefi",
    "Bearer",
  ]);
});

test("A wrong password is told with the account, and without the password.", async () => {
  await using party = await startTokenRegistry({ issue: () => ({ status: 401 }) });
  const domains = { [party.registry.domain]: { username: "tom", password: createSecret("hunter2") } };
  await using client = openClient({ domains });
  const failure = await client.readDigest({ domain: party.registry.domain, path: "acme/app" }, "1");
  expect(failure).toMatchObject({ kind: "denied", text: expect.stringContaining("to tom (of the configuration)") });
  expect(JSON.stringify(failure)).not.toContain("hunter2");
});

test("A token of one registry never reaches another one.", async () => {
  await using one = await startTokenRegistry();
  await using other = await startTokenRegistry({ realm: () => `${one.tokens.origin}/token` });
  const domains = { [one.registry.domain]: { username: "tom", password: createSecret("hunter2") } };
  await using client = openClient({ domains });
  for (const domain of [one.registry.domain, other.registry.domain])
    expect(await client.readDigest({ domain, path: "acme/app" }, "1")).toEqual(found);
  expect(one.tokens.requests.map((request) => request.headers["authorization"] === undefined)).toEqual([false, true]);
});

test.each([
  ["http://tokens.example/token", true],
  ["http://169.254.169.254/latest", true],
])("Credentials do not go to %s, which is not encrypted.", async (realm) => {
  await using party = await startTokenRegistry({ realm: () => realm });
  const domains = { [party.registry.domain]: { username: "tom", password: createSecret("hunter2") } };
  await using client = openClient({ domains });
  expect(await client.readDigest({ domain: party.registry.domain, path: "acme/app" }, "1")).toMatchObject({
    kind: "bad-answer",
    text: expect.stringContaining("without encryption"),
  });
});

test.each([
  ["none", undefined],
  ["one that cannot be read", "Bearer realm="],
  ["one for another protocol", 'Bearer realm="file:///etc/passwd"'],
  ["a scheme nobody knows", "Negotiate"],
])("A 401 with %s as its challenge denies.", async (_, challenge) => {
  await using registry = await startFakeRegistry(() => ({
    status: 401,
    headers: challenge === undefined ? {} : { "www-authenticate": challenge },
  }));
  await using client = openClient();
  expect(await client.readDigest({ domain: registry.domain, path: "acme/app" }, "1")).toMatchObject({ kind: "denied" });
  expect(registry.requests).toHaveLength(1);
});
