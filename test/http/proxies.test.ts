import { expect, test } from "vitest";
import { openHttpWorld } from "../fixtures/http-world.ts";
import { exchange, statuses } from "../fixtures/raw-http.ts";

const path = "/api/v1/session";
const ada = { headers: { "remote-user": "ada" } };

test.each([["127.0.0.1"], ["10.0.0.1", "127.0.0.0/8"], ["::ffff:127.0.0.1"], ["0.0.0.0/0"]])(
  "The user whom a proxy of %j names is let in, with UserAccess.",
  async (...TrustedProxies) => {
    await using world = await openHttpWorld({
      api: { TrustedProxies, UserHeader: "Remote-User", UserAccess: "admin" },
    });
    const response = await world.ask(path, ada, "nobody");
    expect(await response.json()).toEqual({ user: "ada", access: "admin", via: "proxy", version: "0.0.0" });
  },
);

test("Users of a proxy operate, unless UserAccess says otherwise.", async () => {
  await using world = await openHttpWorld({ api: { TrustedProxies: ["127.0.0.1"], UserHeader: "Remote-User" } });
  expect(await (await world.ask(path, ada, "nobody")).json()).toMatchObject({ access: "operate" });
});

test.each([
  { UserHeader: "Remote-User" },
  { UserHeader: "Remote-User", TrustedProxies: ["127.0.0.2", "10.0.0.0/8", "::1", "::/0"] },
  { TrustedProxies: ["127.0.0.1"] },
])("With %j the header says nothing.", async (api) => {
  await using world = await openHttpWorld({ api });
  expect((await world.ask(path, ada, "nobody")).status).toBe(401);
});

test("A proxy is known by its connection, not by what a header says of it.", async () => {
  await using world = await openHttpWorld({ api: { TrustedProxies: ["10.0.0.1"], UserHeader: "Remote-User" } });
  const headers = { ...ada.headers, "x-forwarded-for": "10.0.0.1", "x-real-ip": "10.0.0.1" };
  expect((await world.ask(path, { headers }, "nobody")).status).toBe(401);
});

test.each(["", " ", "x".repeat(201), "{http.reverse_proxy.header.Remote-User}"])("%.12j is no user.", async (name) => {
  await using world = await openHttpWorld({ api: { TrustedProxies: ["127.0.0.1"], UserHeader: "Remote-User" } });
  expect((await world.ask(path, { headers: { "remote-user": name } }, "nobody")).status).toBe(401);
});

test("Two names, of which one may be the client's own, are none.", async () => {
  await using world = await openHttpWorld({ api: { TrustedProxies: ["127.0.0.1"], UserHeader: "Remote-User" } });
  const ask = (...names: readonly string[]) =>
    exchange(
      world.url,
      `GET ${path} HTTP/1.1\r\nHost: talos\r\nConnection: close\r\n${names.map((name) => `Remote-User: ${name}\r\n`).join("")}\r\n`,
    );
  expect(statuses(await ask("ada"))).toEqual([200]);
  expect(statuses(await ask("root", "ada"))).toEqual([401]);
});

test("Another site cannot make the browser of a proxy's user change something.", async () => {
  await using world = await openHttpWorld({ api: { TrustedProxies: ["127.0.0.1"], UserHeader: "Remote-User" } });
  const ask = async (site: string) => {
    const headers = { ...ada.headers, "sec-fetch-site": site };
    return (await world.ask("/api/v1/nothing", { method: "POST", headers }, "nobody")).status;
  };
  expect([await ask("cross-site"), await ask("same-origin")]).toEqual([403, 404]);
});

test("Who signed in with a token as well has the rights of that.", async () => {
  await using world = await openHttpWorld({ api: { TrustedProxies: ["127.0.0.1"], UserHeader: "Remote-User" } });
  const body = JSON.stringify({ token: world.token.admin });
  const signIn = await world.ask(path, { method: "POST", body, ...ada }, "nobody");
  const cookie = signIn.headers.get("set-cookie")?.split(";", 1).join() ?? "";
  const response = await world.ask(path, { headers: { ...ada.headers, cookie } }, "nobody");
  expect(await response.json()).toMatchObject({ user: "admin", access: "admin", via: "session" });
});
