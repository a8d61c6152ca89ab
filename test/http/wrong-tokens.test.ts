import { expect, test } from "vitest";
import { openHttpWorld } from "../fixtures/http-world.ts";

const session = "/api/v1/session";
const bearer = (token: string, address?: string) => ({
  headers: {
    authorization: `Bearer ${token}`,
    ...(address === undefined ? {} : { "x-forwarded-for": address }),
  },
});

test("Of 1,000 wrong tokens at once ten are looked at; then the address waits, with a right one too.", async () => {
  await using world = await openHttpWorld();
  const answers = await Promise.all(
    Array.from({ length: 1000 }, (_, index) => world.ask(session, bearer(`wrong-${index}`), "nobody")),
  );
  const counts = Map.groupBy(answers, ({ status }) => status);
  expect([counts.get(403)?.length, counts.get(429)?.length]).toEqual([10, 990]);
  expect(answers.find(({ status }) => status === 429)?.headers.get("retry-after")).toBe("60");
  expect(world.log).toEqual(["warn too many wrong tokens came from an address, which has to wait"]);
  const right = await world.ask(session);
  expect(right.status).toBe(429);
  expect(await right.json()).toMatchObject({ code: "too-many-requests" });
  const signIn = { method: "POST", body: JSON.stringify({ token: world.token.read }) };
  expect((await world.ask(session, signIn, "nobody")).status).toBe(429);
});

test("Whoever asks from another address, and who is signed in, is not hindered.", async () => {
  await using world = await openHttpWorld({ api: { TrustedProxies: ["127.0.0.1"] } });
  const signIn = { method: "POST", body: JSON.stringify({ token: world.token.read }) };
  const cookie = (await world.ask(session, signIn, "nobody")).headers.get("set-cookie")?.split(";", 1).join() ?? "";
  const from = async (address: string, token: string) =>
    (await world.ask(session, bearer(token, address), "nobody")).status;
  for (let times = 0; times < 30; times += 1) await from("203.0.113.5", "wrong");
  expect(await from("203.0.113.5", world.token.read)).toBe(429);
  expect(await from("203.0.113.6", world.token.read)).toBe(200);
  const headers = { cookie, "x-forwarded-for": "203.0.113.5" };
  expect((await world.ask(session, { headers }, "nobody")).status).toBe(200);
});

test("An address cannot be made up: without a trusted proxy the connection's own counts.", async () => {
  await using world = await openHttpWorld();
  for (let index = 0; index < 10; index += 1) await world.ask(session, bearer("wrong", `203.0.113.${index}`), "nobody");
  expect((await world.ask(session, bearer(world.token.read, "203.0.113.99"), "nobody")).status).toBe(429);
});

test("What a client writes before what the proxy adds does not make it somebody else.", async () => {
  await using world = await openHttpWorld({ api: { TrustedProxies: ["127.0.0.1", "10.0.0.0/8"] } });
  for (let index = 0; index < 10; index += 1)
    await world.ask(session, bearer("wrong", `198.51.100.${index}, 203.0.113.5, 10.1.2.3`), "nobody");
  expect((await world.ask(session, bearer(world.token.read, "203.0.113.5"), "nobody")).status).toBe(429);
  expect((await world.ask(session, bearer(world.token.read, "198.51.100.1"), "nobody")).status).toBe(200);
});
