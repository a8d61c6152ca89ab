import { expect, test } from "vitest";
import { openHttpWorld } from "../fixtures/http-world.ts";

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

test("Who has no token is asked for one.", async () => {
  await using world = await openHttpWorld();
  const response = await world.ask("/api/v1/session", {}, "nobody");
  expect(response.status).toBe(401);
  expect(response.headers.get("www-authenticate")).toBe('Bearer realm="Talos"');
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(await response.json()).toMatchObject({ code: "unauthorized", status: 401, type: "urn:talos:unauthorized" });
});

test.each(["read", "operate", "admin"] as const)("A token with access %s is let in with that.", async (access) => {
  await using world = await openHttpWorld();
  const response = await world.ask("/api/v1/session", {}, access);
  expect(await response.json()).toEqual({ user: access, access, via: "token", version: "0.0.0" });
});

test.each(["bearer", "BEARER", "Bearer "])("The scheme may be written %j.", async (scheme) => {
  await using world = await openHttpWorld();
  const headers = { authorization: `${scheme} ${world.token.read}` };
  expect((await world.ask("/api/v1/session", { headers }, "nobody")).status).toBe(200);
});

test.each(["Basic dGFsb3M6aHVudGVyMg==", "Bearer", "Token x", "Bearer a b"])(
  "%j is no token: it is as if there was none.",
  async (authorization) => {
    await using world = await openHttpWorld();
    expect((await world.ask("/api/v1/session", { headers: { authorization } }, "nobody")).status).toBe(401);
  },
);

test("A token that is wrong, revoked or expired is refused.", async () => {
  await using world = await openHttpWorld();
  const use = { kind: "api", access: "admin" } as const;
  const revoked = await world.createToken("revoked", use);
  await world.tokens.revoke("revoked");
  const expired = await world.createToken("expired", use, world.talos.now() - 1);
  const almost = `${world.token.read.slice(0, -1)}${world.token.read.endsWith("A") ? "B" : "A"}`;
  for (const token of [revoked, expired, "x", almost, `${world.token.read}x`, world.token.read.slice(1)]) {
    const response = await world.ask("/api/v1/session", bearer(token), "nobody");
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ code: "wrong-token" });
  }
});

test("A token of webhooks is not let in, and does not count as wrong.", async () => {
  await using world = await openHttpWorld();
  const token = await world.createToken("ci", { kind: "webhook", integration: "gitlab" });
  for (let times = 0; times < 20; times += 1) {
    const response = await world.ask("/api/v1/session", bearer(token), "nobody");
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ code: "forbidden", title: "The token is for webhooks" });
  }
});

test("Nothing under /api answers who is not let in, whether it is there or not.", async () => {
  await using world = await openHttpWorld();
  for (const path of [
    "/api",
    "/api/",
    "/api/v1",
    "/api/v1/nothing",
    "/api/v2/x",
    "/api/v1/operations/scan",
    "/api//v1/queue",
  ])
    for (const method of ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
      expect([path, method, (await world.ask(path, { method }, "nobody")).status]).toEqual([path, method, 401]);
});

test("No answer says what the token was.", async () => {
  await using world = await openHttpWorld();
  const response = await world.ask("/api/v1/session", bearer("hunter2"), "nobody");
  expect(`${JSON.stringify([...response.headers])}${await response.text()}${world.log.join()}`).not.toContain(
    "hunter2",
  );
});
