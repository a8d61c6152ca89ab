import { readFile, symlink } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openHttpWorld } from "../fixtures/http-world.ts";
import { openPageFolder } from "../fixtures/page-folder.ts";
import { exchange } from "../fixtures/raw-http.ts";

const html = { headers: { accept: "text/html,application/xhtml+xml,*/*;q=0.8" } };

test("Every path that a browser opens is the page, with its own place at the head.", async () => {
  await using page = await openPageFolder();
  await using world = await openHttpWorld({ pageFolder: page.path });
  for (const path of ["/", "/updates", "/hosts/nas", "/hosts/a%2Fb", "/index.html", "/?q=1"]) {
    const response = await world.ask(path, html, "nobody");
    expect([path, response.status, response.headers.get("content-type")]).toEqual([
      path,
      200,
      "text/html; charset=utf-8",
    ]);
    expect(await response.text()).toContain('<head><base href="/" />');
  }
});

test("What is no page is not answered by it.", async () => {
  await using page = await openPageFolder();
  await using world = await openHttpWorld({ pageFolder: page.path });
  for (const path of ["/assets/gone-8f3kQ2_z.js", "/assets/", "/webhooks", "/webhooks/unknown"])
    expect([path, (await world.ask(path, html, "nobody")).headers.get("content-type")]).toEqual([
      path,
      "application/problem+json",
    ]);
  const script = await world.ask("/updates", { headers: { accept: "application/json" } }, "nobody");
  expect(script.status).toBe(404);
  expect((await world.ask("/updates", { ...html, method: "POST" }, "nobody")).status).toBe(404);
});

test("Files whose name says what is in them are kept for good; the others are asked for again, and not sent again.", async () => {
  await using page = await openPageFolder();
  await using world = await openHttpWorld({ pageFolder: page.path });
  const script = await world.ask("/assets/index-8f3kQ2_z.js", {}, "nobody");
  expect(script.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  expect(script.headers.get("content-encoding")).toBe("gzip");
  expect(await script.text()).toBe(await readFile(join(page.path, "assets/index-8f3kQ2_z.js"), "utf8"));
  for (const path of ["/", "/icon.svg"]) {
    const first = await world.ask(path, {}, "nobody");
    expect(first.headers.get("cache-control")).toBe("no-cache");
    const etag = first.headers.get("etag") ?? "";
    const again = await world.ask(path, { headers: { "if-none-match": `W/${etag}` } }, "nobody");
    expect([again.status, await again.text()]).toEqual([304, ""]);
    expect((await world.ask(path, { headers: { "if-none-match": '"other"' } }, "nobody")).status).toBe(200);
    const plain = await world.ask(
      path,
      { headers: { "accept-encoding": "identity", "if-none-match": etag } },
      "nobody",
    );
    expect([path, plain.headers.get("content-encoding")]).toEqual([path, null]);
  }
});

test("No path leads out of the folder, and no hidden file or link is served.", async () => {
  await using page = await openPageFolder();
  await symlink(join(page.path, "..", "secret.txt"), join(page.path, "linked.txt"));
  await using world = await openHttpWorld({ pageFolder: page.path });
  const paths = [
    "/../secret.txt",
    "/assets/../../secret.txt",
    "/..%2fsecret.txt",
    "/%2e%2e/secret.txt",
    "/%2e%2e%2fsecret.txt",
    "/%252e%252e%252fsecret.txt",
    "/..%5csecret.txt",
    "/..\\secret.txt",
    "/assets/..%c0%afsecret.txt",
    "//etc/passwd",
    "/etc/passwd",
    "/%00",
    "/secret.txt%00.js",
    "/.env",
    "/linked.txt",
    `${join(page.path, "..", "secret.txt")}`,
    `file://${join(page.path, "..", "secret.txt")}`,
    "http://127.0.0.1/../secret.txt",
    "*",
  ];
  for (const path of paths) {
    const answer = await exchange(world.url, `GET ${path} HTTP/1.1\r\nHost: talos\r\nConnection: close\r\n\r\n`);
    expect([path, answer]).toEqual([path, expect.stringMatching(/^HTTP\/1\.1 (200|400|404) /)]);
    expect(answer).not.toMatch(/hunter2|root:/);
  }
  expect(world.log).toEqual([]);
});

test("Without a page there is a word about it, and everything else.", async () => {
  await using world = await openHttpWorld({ pageFolder: "/nonexistent" });
  expect(await (await world.ask("/", html, "nobody")).text()).toContain("npm run build:page");
  expect((await world.ask("/api/v1/session")).status).toBe(200);
});

test.each(["/talos/", "/talos", "", "/"])(
  "Behind the prefix of %j everything works, whether it is taken off or not.",
  async (end) => {
    await using page = await openPageFolder();
    const base = end.replace(/\/$/, "");
    await using world = await openHttpWorld({
      pageFolder: page.path,
      api: { BaseUrl: `https://api.example.com${end}` },
    });
    for (const prefix of ["", base]) {
      const index = await world.ask(`${prefix}/hosts/nas`, html, "nobody");
      expect(await index.text()).toContain(`<base href="${base}/" />`);
      expect((await world.ask(`${prefix}/assets/index-8f3kQ2_z.js`, {}, "nobody")).headers.get("content-type")).toMatch(
        /javascript/,
      );
      expect((await world.ask(`${prefix}/api/v1/session`)).status).toBe(200);
      expect((await world.ask(`${prefix}/webhooks/nobody`, { method: "POST" }, "nobody")).status).toBe(400);
      expect(await (await world.ask(`${prefix}/hc`, {}, "nobody")).text()).toBe("Healthy\n");
      expect((await world.ask(`${prefix}/api/v1/nothing`, {}, "nobody")).status).toBe(401);
      const wrong = await world.ask(`${prefix}/api/v1/session`, { method: "PATCH" });
      expect(wrong.status).toBe(405);
    }
    expect(await (await world.ask(base === "" ? "/" : base, html, "nobody")).text()).toContain("<base");
  },
);
