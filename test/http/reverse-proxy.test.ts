import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { sign } from "@octokit/webhooks-methods";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type HttpWorld, type HttpWorldOptions, openHttpWorld } from "../fixtures/http-world.ts";
import { openPageFolder } from "../fixtures/page-folder.ts";
import { describeWith } from "../parties/describe-with.ts";
import { freePort } from "../parties/free-port.ts";
import { listen } from "../parties/listen.ts";
import { type ProxyRequest, type ReverseProxyName, reverseProxy } from "../parties/reverse-proxy.ts";
import { readStream } from "./read-stream.ts";

const guide = readFileSync(join(import.meta.dirname, "../../docs/deployment.md"), "utf8");
const session = "/api/v1/session";
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** The first block of code behind these words in docs/deployment.md. */
function example(words: string): string {
  const block = /^```\w*\n([^]*?)^```$/m.exec(guide.slice(guide.indexOf(words)))?.[1];
  if (!guide.includes(words) || block === undefined) throw new Error(`docs/deployment.md has no example for ${words}`);
  return block;
}

/** Fails where the page does not have it any more. */
function replace(text: string, from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`docs/deployment.md says no longer ${from}`);
  return text.replaceAll(from, to);
}

/** The ways that the page names, as changes of its example. */
const ways: Record<ReverseProxyName, readonly (readonly [string, string, (site: string) => string])[]> = {
  caddy: [
    ["a path that is handed on", "/talos", (site) => site],
    ["a path that is taken off", "/talos", (site) => replace(site, "handle /talos*", "handle_path /talos*")],
    ["no path", "", (site) => replace(site, "handle /talos*", "handle")],
  ],
  nginx: [
    ["a path that is handed on", "/talos", (site) => site],
    ["a path that is taken off", "/talos", (site) => replace(site, ":8080;", ":8080/;")],
    ["no path", "", (site) => replace(site, "location /talos/", "location /")],
  ],
};

interface ProxiedWorld extends AsyncDisposable {
  readonly talos: HttpWorld;
  ask(path: string, request?: ProxyRequest): Promise<Response>;
}

async function proxiedWorld(
  name: ReverseProxyName,
  site: (talosPort: string) => string,
  path: string,
  api: HttpWorldOptions["api"] = {},
): Promise<ProxiedWorld> {
  await using stack = new AsyncDisposableStack();
  const port = await freePort();
  const page = stack.use(await openPageFolder());
  // By http, so that it is known from the proxy alone that the browser has HTTPS.
  const settings = { BaseUrl: `http://localhost:${port}${path}`, TrustedProxies: ["127.0.0.1"], ...api };
  const talos = stack.use(await openHttpWorld({ pageFolder: page.path, api: settings }));
  const proxy = stack.use(await reverseProxy(name, port, site(new URL(talos.url).port)));
  const all = stack.move();
  return {
    talos,
    ask: (asked, request) => proxy.ask(`${path}${asked}`, request),
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

for (const name of ["caddy", "nginx"] as const)
  for (const [way, path, change] of ways[name])
    describeWith([name, "openssl"], `${name} as docs/deployment.md has it, with ${way},`, () => {
      let world: ProxiedWorld;
      beforeAll(async () => {
        const words = name === "caddy" ? "**Caddy**" : "**nginx**";
        const site = change(example(words));
        world = await proxiedWorld(name, (port) => replace(site, "127.0.0.1:8080", `127.0.0.1:${port}`), path);
      });
      afterAll(() => world?.[Symbol.asyncDispose]());

      test("lets somebody sign in, with a cookie for HTTPS alone.", async () => {
        const { talos } = world;
        const ask: ProxiedWorld["ask"] = (...asked) => world.ask(...asked);
        const body = JSON.stringify({ token: talos.token.operate });
        const signIn = await ask(session, { method: "POST", body, headers: { "sec-fetch-site": "same-origin" } });
        const cookie = signIn.headers.get("set-cookie") ?? "";
        expect(cookie).toMatch(path === "" ? /^__Host-talos=/ : /^__Secure-talos=/);
        expect(cookie).toContain(`; Path=${path || "/"}; HttpOnly; Secure; SameSite=Strict`);
        const response = await ask(session, { headers: { cookie: cookie.split(";", 1).join() } });
        expect(await response.json()).toMatchObject({ user: "operate", via: "session" });
        const none = await Promise.all([ask(session), ask("/api/v1/queue"), ask("/metrics")]);
        expect(none.map(({ status }) => status)).toEqual([401, 401, 401]);
      });

      test("serves the page, a place in it, and its files.", async () => {
        const html = { headers: { accept: "text/html" } };
        const place = await world.ask("/hosts/a%2Fb", html);
        expect([place.status, await place.text()]).toEqual([200, expect.stringContaining(`<base href="${path}/" />`)]);
        const script = await world.ask("/assets/index-8f3kQ2_z.js", { headers: { "accept-encoding": "gzip" } });
        expect([script.status, script.headers.get("content-encoding")]).toEqual([200, "gzip"]);
        const start = await world.ask(path === "" ? "/" : "", html);
        if (start.status === 301) expect(start.headers.get("location")).toMatch(/^https:\/\/localhost:\d+\/talos\/$/);
        else expect(await start.text()).toContain("<base");
      });

      test("tells events as they happen.", async () => {
        const headers = { ...bearer(world.talos.token.read), accept: "text/event-stream", "accept-encoding": "gzip" };
        const response = await world.ask("/api/v1/events", { headers });
        const stream = readStream(response);
        // What says that the stream is alive, when nothing happens, is a block like this first one.
        await expect.poll(stream.lastId).toBeDefined();
        for (const text of ["one", "two"]) {
          world.talos.talos.happen({ kind: "scan-finished", text });
          await expect.poll(() => stream.events.at(-1)?.data).toContain(text);
        }
        await stream.cancel();
      });

      test("hands on a webhook as it was signed.", async () => {
        const token = await world.talos.createToken("forge", { kind: "webhook", integration: "github" });
        const body = '{ "ref":"refs/heads/main",\r\n"repository":{"clone_url":"https://github.com/me/größe.git"} }';
        const post = async (signed: string) => {
          const signature = { "x-hub-signature-256": await sign(token, signed) };
          const headers = { "x-github-event": "push", "x-github-delivery": "d1", ...signature };
          return (await world.ask("/webhooks/github", { method: "POST", body, headers })).status;
        };
        expect([await post(body), await post(`${body} `)]).toEqual([202, 403]);
      });

      // Other systems have but one address of the loopback interface.
      test.runIf(process.platform === "linux")("says from where somebody asks, whatever he says himself.", async () => {
        const { talos } = world;
        const statusFrom = async (from: string, said: string, token: string) =>
          (await world.ask(session, { from, headers: { ...bearer(token), "x-forwarded-for": said } })).status;
        for (let index = 1; index <= 10; index += 1) await statusFrom("127.0.0.2", `203.0.113.${index}`, "wrong");
        expect(await statusFrom("127.0.0.2", "203.0.113.99", talos.token.read)).toBe(429);
        expect(await statusFrom("127.0.0.3", "127.0.0.2", talos.token.read)).toBe(200);
      });

      test("takes bodies of 1 MiB, and no longer ones.", async () => {
        const post = async (bytes: number) =>
          (await world.ask(session, { method: "POST", body: " ".repeat(bytes) })).status;
        expect([await post(1_048_576), await post(1_048_577)]).toEqual([400, 413]);
      });
    });

describeWith(["caddy", "openssl"], "Caddy with Authelia, as docs/deployment.md has it,", () => {
  /** Knows who Ada is, and lets a guest pass without a name. */
  const authelia = createServer(({ headers, url }, response) => {
    const name = /who=(\w+)/.exec(headers.cookie ?? "")?.[1];
    if (url !== "/api/authz/forward-auth" || name === undefined) response.writeHead(401).end("sign in");
    else response.writeHead(200, name === "ada" ? { "remote-user": name } : {}).end();
  });

  test("names who signed in there, and nobody else.", async () => {
    await using portal = await listen(authelia);
    const site = (port: string) =>
      replace(
        replace(example("With Caddy and Authelia"), "talos:8080", `127.0.0.1:${port}`),
        "authelia:9091",
        portal.host,
      );
    await using world = await proxiedWorld("caddy", site, "", { UserHeader: "Remote-User", UserAccess: "operate" });
    const own = { "remote-user": "root" };
    const ask = async (headers: Record<string, string>, path = session) => {
      const response = await world.ask(path, { headers });
      return [response.status, await response.text()];
    };
    const user = (text: string) => [200, expect.stringContaining(text)];
    const nobody = [401, expect.stringContaining("Nobody is signed in")];
    const ada = user('"user":"ada","access":"operate","via":"proxy"');
    expect(await ask({ cookie: "who=ada" })).toEqual(ada);
    expect(await ask({ cookie: "who=ada", ...own })).toEqual(ada);
    expect(await ask(own)).toEqual([401, "sign in"]);
    expect(await ask({ cookie: "who=guest", ...own })).toEqual(nobody);
    // What passes Authelia by names nobody either.
    expect(await ask({ ...own, authorization: "Bearer  " })).not.toEqual(user("root"));
    for (const path of ["/webhooks/../api/v1/session", "/webhooks/%2e%2e/api/v1/session"])
      expect((await ask(own, path))[0]).toBe(401);
    expect(await ask({ ...own, ...bearer("no token") })).toEqual(nobody);
    expect(await ask({ ...own, ...bearer(world.talos.token.read) })).toEqual(user('"user":"read","access":"read"'));
    const hook = { method: "POST", body: "{}", headers: { ...own, "x-gitlab-event": "Push Hook" } };
    expect(await (await world.ask("/webhooks/gitlab", hook)).json()).toMatchObject({ status: 401 });
  });
});
