import { once } from "node:events";
import { expect, test } from "vitest";
import { nowMs } from "../fixtures/fake-talos.ts";
import { type HttpWorld, openHttpWorld } from "../fixtures/http-world.ts";
import { open, readAll } from "../fixtures/raw-http.ts";

const events = "/api/v1/events";
const stream = { accept: "text/event-stream" };

interface Followed {
  readonly response: Response;
  /** What has come so far. */
  readonly text: () => string;
  /** Resolves when the other side has ended it. */
  readonly ended: Promise<void>;
}

async function follow(world: HttpWorld, headers: Record<string, string>): Promise<Followed> {
  const response = await world.ask(events, { headers: { ...stream, ...headers } }, "nobody");
  let text = "";
  const read = async (): Promise<void> => {
    for await (const chunk of response.body ?? []) text += Buffer.from(chunk).toString();
  };
  return { response, text: () => text, ended: read() };
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

test("A stream is not compressed and not kept, and what happens is in it at once.", async () => {
  await using world = await openHttpWorld();
  const followed = await follow(world, { ...bearer(world.token.read), "accept-encoding": "gzip" });
  expect(followed.response.headers.get("content-type")).toMatch(/^text\/event-stream/);
  expect(followed.response.headers.get("content-encoding")).toBe(null);
  expect(followed.response.headers.get("cache-control")).toContain("no-store");
  world.talos.happen({ kind: "scan-finished", text: "github.com/me/infra was scanned" });
  await expect.poll(followed.text).toContain("was scanned");
});

test("The server ends in good order while streams are open: they are ended, not broken off.", async () => {
  const world = await openHttpWorld();
  const followed = await Promise.all(Array.from({ length: 20 }, () => follow(world, bearer(world.token.read))));
  const socket = await open(world.url);
  const begun = once(socket, "data");
  const raw = readAll(socket);
  socket.write(
    `GET ${events} HTTP/1.1\r\nHost: talos\r\nAccept: text/event-stream\r\nAuthorization: Bearer ${world.token.read}\r\n\r\n`,
  );
  await Promise.all([begun, ...followed.map(({ text }) => expect.poll(text).toContain("id:"))]);
  await world[Symbol.asyncDispose]();
  await Promise.all(followed.map(({ ended }) => ended));
  expect(await raw).toMatch(/\r\n0\r\n\r\n$/);
  expect(world.log).toEqual([]);
});

test("Ending does not wait for a connection that does nothing, nor for a request that does not come.", async () => {
  const world = await openHttpWorld();
  const [idle, half] = await Promise.all([open(world.url), open(world.url)]);
  half.write("POST /api/v1/session HTTP/1.1\r\nHost: talos\r\nContent-Length: 10\r\n\r\n");
  await world.ask("/hc");
  const closed = Promise.all([readAll(idle), readAll(half)]);
  await world[Symbol.asyncDispose]();
  await closed;
});

test("A stream ends when its token is revoked, and when its session is signed out.", async () => {
  await using world = await openHttpWorld({ streamCheckMs: 20 });
  const token = await world.createToken("ada", { kind: "api", access: "read" });
  const body = JSON.stringify({ token: world.token.operate });
  const signIn = await world.ask("/api/v1/session", { method: "POST", body }, "nobody");
  const cookie = signIn.headers.get("set-cookie")?.split(";", 1).join() ?? "";
  const [byToken, bySession, other] = await Promise.all([
    follow(world, bearer(token)),
    follow(world, { cookie }),
    follow(world, bearer(world.token.read)),
  ]);
  await world.tokens.revoke("ada");
  await byToken.ended;
  await world.ask("/api/v1/session", { method: "DELETE", headers: { cookie } }, "nobody");
  await bySession.ended;
  expect(world.log.slice(1)).toEqual([
    "info a stream ends: its token or session is no longer valid",
    "info a stream ends: its token or session is no longer valid",
  ]);
  world.talos.happen({ kind: "scan-finished", text: "still told" });
  await expect.poll(other.text).toContain("still told");
});

test("A stream ends when its token expires.", async () => {
  await using world = await openHttpWorld({ streamCheckMs: 20 });
  let now = nowMs;
  Object.assign(world.talos, { now: () => now });
  const followed = await follow(
    world,
    bearer(await world.createToken("ada", { kind: "api", access: "read" }, nowMs + 1000)),
  );
  now += 1000;
  await followed.ended;
});

test("A stream that is asked for by HEAD is not left running.", async () => {
  await using world = await openHttpWorld();
  let followed = 0;
  const { events: log } = world.talos;
  const follow: typeof log.follow = (after, signal) => {
    followed += 1;
    signal.addEventListener("abort", () => (followed -= 1));
    return log.follow(after, signal);
  };
  Object.assign(world.talos, { events: { ...log, follow } });
  for (let times = 0; times < 20; times += 1) {
    const response = await world.ask(events, { method: "HEAD", headers: stream });
    expect([response.status, await response.text()]).toEqual([200, ""]);
  }
  await expect.poll(() => followed).toBe(0);
});

test("A port that is taken is told with what chooses another.", async () => {
  await using world = await openHttpWorld();
  const port = Number(new URL(world.url).port);
  await expect(openHttpWorld({ port })).rejects.toMatchObject({
    code: "port-taken",
    message: `The API cannot listen on 127.0.0.1, port ${port}: another program listens there`,
    hint: expect.stringContaining("ApiSettings.Port"),
  });
  expect((await world.ask("/hc")).status).toBe(200);
});
