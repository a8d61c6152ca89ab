import { expect, test } from "vitest";
import { createMemoryStore } from "../../src/store/memory-store.ts";
import { fakeTalos, nowMs } from "../fixtures/fake-talos.ts";
import { type HttpWorld, openHttpWorld } from "../fixtures/http-world.ts";

const path = "/api/v1/session";
const admin = { kind: "api", access: "admin" } as const;

async function signIn(world: HttpWorld, token: string, headers: Record<string, string> = {}): Promise<Response> {
  return world.ask(path, { method: "POST", body: JSON.stringify({ token }), headers }, "nobody");
}

async function cookieOf(world: HttpWorld, token = world.token.operate): Promise<string> {
  return (await signIn(world, token)).headers.get("set-cookie")?.split(";", 1).join() ?? "";
}

/** What a page of this Talos sends with a request that changes something. */
const fromPage = { "sec-fetch-site": "same-origin" };

test("Signing in with a token gives a cookie that lets in as the token does.", async () => {
  await using world = await openHttpWorld();
  const response = await signIn(world, world.token.operate);
  expect(await response.json()).toEqual({ user: "operate", access: "operate", via: "session", version: "0.0.0" });
  expect(response.headers.get("set-cookie")).toMatch(
    /^talos=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Strict$/,
  );
  const cookie = response.headers.get("set-cookie")?.split(";", 1).join() ?? "";
  const again = await world.ask(path, { headers: { cookie } }, "nobody");
  expect(await again.json()).toMatchObject({ user: "operate", via: "session" });
});

test.each([
  [
    { BaseUrl: "https://talos.example.com" },
    {},
    /^__Host-talos=[\w-]{43}; .*Path=\/; HttpOnly; Secure; SameSite=Strict$/,
  ],
  [
    { BaseUrl: "https://api.example.com/talos/" },
    {},
    /^__Secure-talos=[\w-]{43}; .*Path=\/talos; HttpOnly; Secure; SameSite=Strict$/,
  ],
  [{ BaseUrl: "http://nas/talos" }, {}, /^talos=[\w-]{43}; .*Path=\/talos; HttpOnly; SameSite=Strict$/],
  [{ TrustedProxies: ["127.0.0.1"] }, { "x-forwarded-proto": "https" }, /^__Host-talos=.*; Secure;/],
  [{ TrustedProxies: ["127.0.0.1"] }, { "x-forwarded-proto": "http, https" }, /^__Host-talos=.*; Secure;/],
  [{ BaseUrl: "https://nas", TrustedProxies: ["127.0.0.1"] }, { "x-forwarded-proto": "http" }, /^talos=/],
  [{ TrustedProxies: ["10.0.0.1"] }, { "x-forwarded-proto": "https" }, /^talos=/],
  [{}, { "x-forwarded-proto": "https" }, /^talos=/],
])("With %j and %j the cookie is %s.", async (api, headers, cookie) => {
  await using world = await openHttpWorld({ api });
  const response = await signIn(world, world.token.read, headers);
  expect(response.headers.get("set-cookie")).toMatch(cookie);
  const sent = { ...headers, cookie: response.headers.get("set-cookie")?.split(";", 1).join() ?? "" };
  expect((await world.ask(path, { headers: sent }, "nobody")).status).toBe(200);
});

test("Behind HTTPS the cookie of another name, which any site of the domain could set, lets nobody in.", async () => {
  await using world = await openHttpWorld({ api: { BaseUrl: "https://talos.example.com" } });
  const cookie = (await cookieOf(world)).replace("__Host-", "");
  expect((await world.ask(path, { headers: { cookie } }, "nobody")).status).toBe(401);
});

test("A page that came by plain HTTP, where Talos is behind HTTPS, is told where to sign in.", async () => {
  await using world = await openHttpWorld({ api: { BaseUrl: "https://talos.example.com" } });
  const response = await signIn(world, world.token.read, { origin: world.url });
  expect(response.status).toBe(403);
  expect(response.headers.get("set-cookie")).toBe(null);
  expect(await response.json()).toMatchObject({
    code: "insecure-origin",
    hint: "Sign in at https://talos.example.com.",
  });
});

test("A token that is wrong, or of webhooks, does not sign in.", async () => {
  await using world = await openHttpWorld();
  const webhook = await world.createToken("ci", { kind: "webhook", integration: "github" });
  for (const token of ["wrong", webhook]) {
    const response = await signIn(world, token);
    expect([response.status, response.headers.get("set-cookie")]).toEqual([403, null]);
  }
});

test.each([
  "",
  "{",
  "null",
  "[]",
  '{"token":1}',
  '{"token":""}',
  '{"token":"x","more":1}',
  '{"__proto__":{"token":"x"}}',
])("Signing in with %j is no way to do it.", async (body) => {
  await using world = await openHttpWorld();
  const response = await world.ask(path, { method: "POST", body }, "nobody");
  expect([response.status, response.headers.get("set-cookie")]).toEqual([400, null]);
});

test("Signing out ends the session, and the cookie goes.", async () => {
  await using world = await openHttpWorld();
  const cookie = await cookieOf(world);
  const response = await world.ask(path, { method: "DELETE", headers: { cookie, ...fromPage } }, "nobody");
  expect(response.status).toBe(204);
  expect(response.headers.get("set-cookie")).toBe("talos=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict");
  expect((await world.ask(path, { headers: { cookie } }, "nobody")).status).toBe(401);
});

test("Signing in again ends the session before.", async () => {
  await using world = await openHttpWorld();
  const cookie = await cookieOf(world);
  await signIn(world, world.token.admin, { cookie });
  expect((await world.ask(path, { headers: { cookie } }, "nobody")).status).toBe(401);
});

test("A session outlives a restart, and ends with its token: also when another one gets its name.", async () => {
  const store = createMemoryStore();
  let cookie: string;
  {
    await using world = await openHttpWorld({ store });
    cookie = await cookieOf(world, await world.createToken("ada", admin));
  }
  await using world = await openHttpWorld({ store, talos: { ...fakeTalos(), now: () => nowMs + 1 } });
  const status = async () => (await world.ask(path, { headers: { cookie } }, "nobody")).status;
  expect(await status()).toBe(200);
  await world.tokens.revoke("ada");
  expect(await status()).toBe(401);
  await world.createToken("ada", admin);
  expect(await status()).toBe(401);
});

test("A session ends when its token expires, or else after 30 days, and is forgotten then.", async () => {
  let now = nowMs;
  const store = createMemoryStore();
  await using world = await openHttpWorld({ store, talos: { ...fakeTalos(), now: () => now } });
  const short = await cookieOf(world, await world.createToken("ada", admin, nowMs + 60_000));
  const long = await cookieOf(world);
  const status = async (cookie: string) => (await world.ask(path, { headers: { cookie } }, "nobody")).status;
  now += 59_999;
  expect([await status(short), await status(long)]).toEqual([200, 200]);
  now += 1;
  expect([await status(short), await status(long)]).toEqual([401, 200]);
  now = nowMs + 30 * 86_400_000;
  expect(await status(long)).toBe(401);
  await signIn(world, world.token.read);
  expect(await store.collection("session").list("")).toHaveLength(1);
});

test("The store holds nothing that would let in.", async () => {
  const store = createMemoryStore();
  await using world = await openHttpWorld({ store });
  const id = (await cookieOf(world)).split("=")[1] ?? "";
  const kept = JSON.stringify([
    ...(await store.collection("session").list("")),
    ...(await store.collection("token").list("")),
  ]);
  expect(id).toHaveLength(43);
  expect(kept).not.toContain(id);
  expect(kept).not.toContain(world.token.operate);
});

test.each(["talos=", "talos=x", "talos=%00", `talos=${"x".repeat(5000)}`, "talos=a; talos=b", "=", ";;;", "talos"])(
  "The cookie %.20j lets nobody in, and is no fault.",
  async (cookie) => {
    await using world = await openHttpWorld();
    expect((await world.ask(path, { headers: { cookie } }, "nobody")).status).toBe(401);
    expect(world.log).toEqual([]);
  },
);

test("Requests of other sites are refused, whatever cookie comes with them.", async () => {
  await using world = await openHttpWorld({ api: { BaseUrl: "http://talos.example.com" } });
  const cookie = await cookieOf(world);
  const { host } = new URL(world.url);
  const ask = async (headers: Record<string, string>, method = "POST") => {
    const response = await world.ask("/api/v1/nothing", { method, headers: { cookie, ...headers } }, "nobody");
    const { code }: { code: string } = JSON.parse(await response.text());
    return [response.status, code];
  };
  const refused = [403, "cross-site"];
  const letIn = [404, "not-found"];
  for (const site of ["cross-site", "same-site", "", "same-origin, cross-site", "Same-Origin"])
    expect([site, ...(await ask({ "sec-fetch-site": site }))]).toEqual([site, ...refused]);
  for (const origin of [
    "null",
    "https://evil.example.com",
    `https://${host}.evil.com`,
    "http://127.0.0.1",
    "x",
    "http://talos.example.com.evil.com",
    "http://talos.example.com:81",
  ])
    expect([origin, ...(await ask({ origin }))]).toEqual([origin, ...refused]);
  expect(await ask({ origin: world.url, "sec-fetch-site": "cross-site" })).toEqual(refused);
  expect(await ask({})).toEqual(refused);
  for (const method of ["PUT", "PATCH", "DELETE"]) expect(await ask({}, method)).toEqual(refused);
  expect(await ask({ "sec-fetch-site": "same-origin" })).toEqual(letIn);
  expect(await ask({ origin: world.url })).toEqual(letIn);
  expect(await ask({ origin: "http://talos.example.com" })).toEqual(letIn);
});

test("Another site can neither sign somebody in nor out.", async () => {
  await using world = await openHttpWorld();
  const cookie = await cookieOf(world);
  const foreign = { "sec-fetch-site": "cross-site" };
  expect((await signIn(world, world.token.read, foreign)).status).toBe(403);
  const signOut = await world.ask(path, { method: "DELETE", headers: { cookie, ...foreign } }, "nobody");
  expect(signOut.status).toBe(403);
  expect((await world.ask(path, { headers: { cookie } }, "nobody")).status).toBe(200);
});

test("A wrong token is refused, whatever session comes with it.", async () => {
  await using world = await openHttpWorld();
  const headers = { cookie: await cookieOf(world), authorization: "Bearer wrong" };
  expect((await world.ask(path, { headers }, "nobody")).status).toBe(403);
});
