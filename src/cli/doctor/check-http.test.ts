import { expect, test } from "vitest";
import { configSchema } from "../../config/schema.ts";
import { checkHttp } from "./check-http.ts";

/** Nobody listens there, and nobody asks for it: it is among the ports that only root may take. */
const port = "1023";

function check(api: object, redis: object = {}) {
  return checkHttp(configSchema.parse({ ApiSettings: { Port: port, ...api }, RedisSettings: redis }));
}

test("Where it is not served there is nothing to say.", async () => {
  expect(await check({ Enabled: "false" })).toEqual([]);
});

test.each([
  [{ BaseUrl: "http://talos.example.com" }, "notes", /unencrypted/],
  [{ Address: "0.0.0.0" }, "notes", /webhook URLs begin with http:\/\/localhost, which only this machine understands/],
  [{ BaseUrl: "https://talos.example.com/?x" }, "fails", /more than a path/],
  [{ Address: "203.0.113.1" }, "fails", /cannot listen on port 1023 of 203\.0\.113\.1: EADDRNOTAVAIL/],
] as const)("Of %j it %s: %s", async (settings, outcome, text) => {
  expect(await check(settings)).toContainEqual({
    name: "http",
    outcome,
    text: expect.stringMatching(text),
    advice: expect.any(String),
  });
});

test("Nothing is said of a BaseUrl with HTTPS, nor of one of this machine for this machine.", async () => {
  for (const BaseUrl of ["https://talos.example.com/talos/", "http://localhost", "http://127.0.0.1:8080"])
    expect((await check({ BaseUrl })).slice(1)).toEqual([]);
});

test("Several Talos on one Redis need one key.", async () => {
  const redis = { Endpoint: "127.0.0.1:1" };
  const without = (await check({}, redis)).map(({ text }) => text);
  expect(without).toContain("several Talos on one Redis do not know each other's secrets of signed webhooks");
  expect(await check({ SecretKey: "hunter2".repeat(5) }, redis)).toHaveLength(1);
});
