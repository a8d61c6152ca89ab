import { once } from "node:events";
import { expect, test } from "vitest";
import { openHttpWorld } from "../fixtures/http-world.ts";
import { exchange, open, readAll, statuses } from "../fixtures/raw-http.ts";

const path = "/api/v1/session";
const mebibyte = 1_048_576;

/** Times in which nothing of a test is late, and a slow client is. */
const impatient = { headersTimeout: 300, requestTimeout: 600, connectionsCheckingInterval: 50, keepAliveTimeout: 300 };

test("A body of 1 MiB is read, a longer one refused, whether it says so or not.", async () => {
  await using world = await openHttpWorld();
  const body = (length: number) => `{"token":"${"x".repeat(length - 12)}"}`;
  const status = async (length: number, isChunked: boolean) => {
    const text = body(length);
    const sent = isChunked ? new Blob([text]).stream() : text;
    const init = { method: "POST", body: sent, ...(isChunked ? { duplex: "half" } : {}) };
    const response = await world.ask(path, init as RequestInit, "nobody");
    return [response.status, JSON.parse(await response.text()).code];
  };
  for (const isChunked of [false, true]) {
    expect(await status(mebibyte, isChunked)).toEqual([403, "wrong-token"]);
    expect(await status(mebibyte + 1, isChunked)).toEqual([413, "too-large"]);
  }
});

test("Of a body that is said to be too long nothing is waited for.", async () => {
  await using world = await openHttpWorld();
  const head = `POST ${path} HTTP/1.1\r\nHost: talos\r\nContent-Length: 99999999999\r\n\r\n`;
  const socket = await open(world.url);
  const answered = once(socket.setEncoding("latin1"), "data");
  socket.write(head);
  const [answer] = await answered;
  socket.destroy();
  expect(statuses(String(answer))).toEqual([413]);
});

test("A body without an end is cut off at the limit.", async () => {
  await using world = await openHttpWorld();
  const socket = await open(world.url);
  const answer = readAll(socket);
  socket.write(`POST ${path} HTTP/1.1\r\nHost: talos\r\nTransfer-Encoding: chunked\r\n\r\n`);
  const chunk = `10000\r\n${"x".repeat(65_536)}\r\n`;
  const write = (): void => {
    while (!socket.destroyed && socket.writable && socket.write(chunk));
    if (!socket.destroyed) socket.once("drain", write);
  };
  write();
  expect(statuses(await answer)).toEqual([413]);
});

test("Of many long bodies at once those are refused that there is no room for, until one has gone.", async () => {
  await using world = await openHttpWorld();
  await using stack = new AsyncDisposableStack();
  const begin = async () => {
    const socket = stack.adopt(await open(world.url), (each) => void each.destroy());
    socket.write(`POST /webhooks/gitlab HTTP/1.1\r\nHost: talos\r\nContent-Length: ${mebibyte}\r\n\r\n`);
    return socket;
  };
  const long = () =>
    world.ask("/webhooks/gitlab", { method: "POST", body: JSON.stringify({ text: "x".repeat(500_000) }) }, "nobody");
  const [first] = await Promise.all(Array.from({ length: 16 }, begin));
  await expect.poll(async () => (await long()).status).toBe(503);
  const refused = await long();
  expect([refused.headers.get("retry-after"), JSON.parse(await refused.text()).code]).toEqual(["1", "busy"]);
  const short = await world.ask(path, { method: "POST", body: "{}" }, "nobody");
  expect(short.status).toBe(503);
  first?.destroy();
  await expect.poll(async () => (await long()).status).toBe(401);
});

test.each([
  ["headers that do not end", [`GET ${path} HTTP/1.1\r\nHost: talos\r\nX-Slow: `]],
  ["no byte at all", []],
  ["a body that does not come", [`POST ${path} HTTP/1.1\r\nHost: talos\r\nContent-Length: 10\r\n\r\n`]],
  ["a body that stops", [`POST ${path} HTTP/1.1\r\nHost: talos\r\nContent-Length: 10\r\n\r\n{`]],
  ["a chunk that stops", [`POST ${path} HTTP/1.1\r\nHost: talos\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{`]],
])("A client that sends %s is cut off.", async (_, parts) => {
  await using world = await openHttpWorld({ limits: impatient });
  const answer = await exchange(world.url, ...parts);
  expect(answer === "" || statuses(answer).every((status) => status === 408 || status === 400)).toBe(true);
  expect(world.log).toEqual([]);
});

test("A client that sends a header a byte at a time is cut off.", async () => {
  await using world = await openHttpWorld({ limits: impatient });
  const socket = await open(world.url);
  const answer = readAll(socket);
  socket.write(`GET ${path} HTTP/1.1\r\nHost: talos\r\n`);
  const timer = setInterval(() => socket.write("X"), 20);
  const text = await answer;
  clearInterval(timer);
  expect(text === "" || statuses(text)[0] === 408).toBe(true);
});

test("200 slow clients do not keep others from being answered.", async () => {
  await using world = await openHttpWorld();
  const slow = await Promise.all(Array.from({ length: 200 }, () => open(world.url)));
  for (const socket of slow) socket.write(`POST ${path} HTTP/1.1\r\nHost: talos\r\nContent-Length: 10\r\n\r\n`);
  expect((await world.ask(path)).status).toBe(200);
  for (const socket of slow) socket.destroy();
});

test("More connections than allowed are refused, until some are closed.", async () => {
  await using world = await openHttpWorld({ limits: { maxConnections: 3 } });
  const held = await Promise.all([open(world.url), open(world.url), open(world.url)]);
  expect(await exchange(world.url, "GET /hc HTTP/1.1\r\nHost: talos\r\nConnection: close\r\n\r\n")).toBe("");
  for (const socket of held) socket.destroy();
  await expect
    .poll(() => exchange(world.url, "GET /hc HTTP/1.1\r\nHost: talos\r\nConnection: close\r\n\r\n"))
    .toContain("Healthy");
});

test("Headers of more than 16 KiB are refused.", async () => {
  await using world = await openHttpWorld();
  const answer = await exchange(world.url, `GET ${path} HTTP/1.1\r\nHost: talos\r\nX: ${"x".repeat(20_000)}\r\n\r\n`);
  expect(statuses(answer)).toEqual([431]);
  const line = await exchange(world.url, `GET /${"x".repeat(20_000)} HTTP/1.1\r\nHost: talos\r\n\r\n`);
  expect(statuses(line)).toEqual([431]);
});

test.each([
  "",
  "Host:\r\n",
  "Host: a\r\nHost: b\r\n",
  "Host: a b\r\n",
  "Host: a/b\r\n",
  "Host: a@b\r\n",
  "Host: a\\b\r\n",
  "Host: [::1\r\n",
  "Host: a:99999\r\n",
  "Host: <script>\r\n",
  "Host: ../..\r\n",
  "Host: evil.example.com\r\n",
  "Host: \xff\xfe\r\n",
  `Host: ${"a".repeat(5000)}\r\n`,
])("The host %.30j is answered without repeating it, and without a fault.", async (header) => {
  await using world = await openHttpWorld();
  const answer = await exchange(world.url, `GET / HTTP/1.1\r\n${header}Connection: close\r\n\r\n`);
  expect(statuses(answer)).toHaveLength(1);
  expect([200, 400]).toContain(statuses(answer)[0]);
  expect(answer).not.toMatch(/evil|<script>|aaaa/);
  expect(world.log).toEqual([]);
});

/** Each would be one request to one side and two to the other, if they read it differently. */
const smuggled = "GET /hc HTTP/1.1\r\nHost: talos\r\n\r\n";
test.each([
  `Content-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`,
  `Transfer-Encoding: chunked\r\nContent-Length: ${smuggled.length}\r\n\r\n0\r\n\r\n${smuggled}`,
  `Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${smuggled}`,
  `Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${smuggled}`,
  `Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n${smuggled}`,
  `Content-Length: 0\r\nContent-Length: ${smuggled.length}\r\n\r\n${smuggled}`,
  `Content-Length: +0\r\n\r\n${smuggled}`,
  `Content-Length: 0,0\r\n\r\n${smuggled}`,
  `Content-Length: 0x0\r\n\r\n${smuggled}`,
  `X: y\nContent-Length: 0\r\n\r\n${smuggled}`,
  `Transfer-Encoding: chunked\r\n\r\n0;\n\r\n\r\n${smuggled}`,
  `Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n${smuggled}`,
  `X\r\n folded: y\r\n\r\n${smuggled}`,
])("A request that could be read as two is refused: %.60j", async (rest) => {
  await using world = await openHttpWorld({ limits: impatient });
  const answer = await exchange(world.url, `POST ${path} HTTP/1.1\r\nHost: talos\r\n${rest}`);
  expect(answer).not.toContain("Healthy");
  expect(statuses(answer).every((status) => status >= 400 && status < 500)).toBe(true);
  expect(world.log).toEqual([]);
});

test("Requests one after the other on one connection are answered in order.", async () => {
  await using world = await openHttpWorld();
  const answer = await exchange(
    world.url,
    `${smuggled}GET /nothing HTTP/1.1\r\nHost: talos\r\nAccept: x/y\r\n\r\n`,
    "GET /healthz HTTP/1.1\r\nHost: talos\r\nConnection: close\r\n\r\n",
  );
  expect(statuses(answer)).toEqual([200, 404, 200]);
});

test("HTTP/1.0, which names no host, is answered.", async () => {
  await using world = await openHttpWorld();
  expect(await exchange(world.url, "GET /hc HTTP/1.0\r\n\r\n")).toContain("Healthy");
});

test("Whatever the version or noise, nothing breaks.", async () => {
  await using world = await openHttpWorld({ limits: impatient });
  for (const noise of [
    "\x16\x03\x01\x02\x00\x01\x00",
    "\0\0\0\0",
    "GET / HTTP/9.9\r\n\r\n",
    "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "hello\r\n\r\n",
  ])
    expect(statuses(await exchange(world.url, noise)).every((status) => status >= 400 && status < 500)).toBe(true);
  expect((await world.ask("/hc")).status).toBe(200);
  expect(world.log).toEqual([]);
});
