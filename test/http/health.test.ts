import { expect, test } from "vitest";
import { openHttpWorld } from "../fixtures/http-world.ts";

test.each(["/hc", "/healthz"])("%s says that Talos is alive, to everybody.", async (path) => {
  await using world = await openHttpWorld();
  const response = await world.ask(path, {}, "nobody");
  expect([response.status, await response.text()]).toEqual([200, "Healthy\n"]);
});

test("/readyz names every part; hosts do not count.", async () => {
  await using world = await openHttpWorld();
  world.readiness = { parts: { store: undefined, jobs: undefined }, hosts: { nas: "ssh: no route to 10.0.0.9" } };
  const response = await world.ask("/readyz", {}, "nobody");
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({
    ready: true,
    parts: { store: "up", jobs: "up" },
    hosts: { nas: "ssh: no route to 10.0.0.9" },
  });
});

test("/readyz is 503 when a part is down, and says why to those who may know.", async () => {
  await using world = await openHttpWorld({ api: { BaseUrl: "https://talos.example.com" } });
  world.readiness = { parts: { store: "redis://10.0.0.9 is away", discord: undefined }, hosts: { nas: "gone" } };
  const stranger = await world.ask("/readyz", {}, "nobody");
  expect(stranger.status).toBe(503);
  expect(await stranger.json()).toEqual({
    ready: false,
    parts: { store: "down", discord: "up" },
    hosts: { nas: "down" },
  });
  const known = await world.ask("/readyz");
  expect(await known.json()).toMatchObject({ parts: { store: "redis://10.0.0.9 is away" }, hosts: { nas: "gone" } });
});

test("/metrics is open to this machine, by its own name.", async () => {
  await using world = await openHttpWorld();
  const response = await world.ask("/metrics", {}, "nobody");
  expect([response.status, response.headers.get("content-type")]).toEqual([200, "text/plain; version=0.0.4"]);
  expect(await response.text()).toBe("talos_up 1\n");
});

test.each([
  [{}, { "x-forwarded-for": "203.0.113.5" }],
  [{}, { forwarded: "for=203.0.113.5" }],
  [{}, { via: "1.1 proxy" }],
  [{}, { host: "evil.example.com" }],
  [{}, { host: "localhost.evil.example.com:8080" }],
  [{ BaseUrl: "https://talos.example.com" }, {}],
  [{ TrustedProxies: ["10.0.0.1"] }, {}],
])(
  "With %j and %j, which a proxy of this machine or a browser may have sent, it needs a token.",
  async (api, headers) => {
    await using world = await openHttpWorld({ api });
    const { request } = await import("node:http");
    const status = (extra: Record<string, string>) =>
      new Promise((resolve) =>
        request(`${world.url}/metrics`, { headers: { ...headers, ...extra } }, (response) => {
          response.resume();
          resolve(response.statusCode);
        }).end(),
      );
    expect(await status({})).toBe(401);
    expect(await status({ authorization: "Bearer wrong" })).toBe(403);
    expect(await status({ authorization: `Bearer ${world.token.read}` })).toBe(200);
  },
);

test("PublicMetrics opens it.", async () => {
  await using world = await openHttpWorld({ api: { BaseUrl: "https://talos.example.com", PublicMetrics: "true" } });
  expect((await world.ask("/metrics", { headers: { via: "1.1 proxy" } }, "nobody")).status).toBe(200);
});
