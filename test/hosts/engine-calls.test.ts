import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeWith } from "../parties/describe-with.ts";
import { type DockerEngine, dockerEngine } from "../parties/docker-engine.ts";
import { type AnswerInstead, type EngineCall, engineProxy } from "../parties/engine-proxy.ts";
import { localHost, noSignal, openTestHosts } from "./open-test-hosts.ts";

const page = readFileSync(join(import.meta.dirname, "../../docs/hosts.md"), "utf8");
const documented = [...page.matchAll(/^\| (GET|POST|DELETE) \| `([^`]+)` \|/gm)].map(
  ([, method, path]) => `${method} ${path}`,
);
/** One block after the other: to look, start and stop; for pruning; for recreating. */
const blocks = [...page.matchAll(/^```yaml\n([\s\S]*?)^```/gm)]
  .map(([, text = ""]) => [...text.matchAll(/^ *- -allow([A-Z]+)=(.+)$/gm)])
  .filter((rules) => rules.length > 0)
  .map((rules) => rules.map(([, method, pattern]) => ({ method, pattern: new RegExp(`^(${pattern})$`) })));

describeWith(["dockerd", "busybox"], "the calls of the Engine API in docs/hosts.md", () => {
  let engine: DockerEngine;
  beforeAll(async () => {
    engine = await dockerEngine();
    await engine.importImage({ tag: "talos/web:1", content: "old" });
  }, 60_000);
  afterAll(() => engine?.[Symbol.asyncDispose](), 60_000);

  test("are those that Talos makes, and are let through by the proxy of that page", { timeout: 60_000 }, async () => {
    await using proxy = await engineProxy(engine.socket, allowedBy(blocks.flat()), withBuildCache);
    await using hosts = await openTestHosts({ here: localHost(proxy.socket) });
    await hosts.until("here", "up");
    const host = hosts.host("here");
    for (const name of ["front", "back", "unused"]) await engine.request("POST", "/networks/create", { Name: name });
    const id = await engine.run({ name: "web", image: "talos/web:1", network: "front", settings: quick });
    await engine.request("POST", "/networks/back/connect", { Container: id });
    await engine.importImage({ tag: "talos/web:1", content: "new" });

    await host.containers(noSignal);
    await host.inspect("web", noSignal);
    await host.logs("web", 5, noSignal);
    await host.stop("web", noSignal);
    await host.start("web", noSignal);
    await host.restart("web", noSignal);
    await host.recreate("web", noSignal);
    const leftovers = await host.leftovers(noSignal);
    const removed = await host.remove(leftovers, noSignal);
    expect(removed).toMatchObject({ images: [{}], networks: [{ name: "unused" }] });
    expect(proxy.calls.filter((call) => !allowedBy(blocks.flat())(call))).toEqual([]);
    expect(new Set(proxy.calls.map(describeCall))).toEqual(new Set(documented));
  });

  test("with only those to look, start and stop, the rest is refused and changes nothing", {
    timeout: 60_000,
  }, async () => {
    await using proxy = await engineProxy(engine.socket, allowedBy(blocks[0] ?? []));
    await using hosts = await openTestHosts({ here: localHost(proxy.socket) });
    await hosts.until("here", "up");
    const host = hosts.host("here");
    await engine.run({ name: "other", image: "talos/web:1", settings: quick });
    await host.restart("other", noSignal);
    expect((await host.inspect("other", noSignal)).imageReference).toBe("talos/web:1");
    const before = await engine.request("GET", "/containers/json?all=true");
    const refused = { code: "host-refused", message: expect.stringContaining("the proxy forbids it") };
    await expect(host.recreate("other", noSignal)).rejects.toMatchObject(refused);
    await expect(host.leftovers(noSignal)).rejects.toMatchObject(refused);
    const idsOf = (list: unknown) =>
      (list as readonly { Id: string; Names: unknown }[]).map(({ Id, Names }) => [Id, Names]);
    expect(idsOf(await engine.request("GET", "/containers/json?all=true"))).toEqual(idsOf(before));
  });
});

function allowedBy(rules: (typeof blocks)[number]): (call: EngineCall) => boolean {
  return ({ method, path }) => rules.some((rule) => rule.method === method && rule.pattern.test(path));
}

/** `sleep` would have to be waited for. */
const quick = { StopSignal: "SIGKILL" };

/** As in the table: `GET /containers/{id}/json`. */
function describeCall({ method, path }: EngineCall): string {
  const bare = decodeURIComponent(path)
    .replace(/^\/v1\.\d+/, "")
    .replace(/^\/images\/(?!json$).+?(\/json)?$/, "/images/{id}$1")
    .replace(/^\/(containers|networks)\/(?!json$|create$)[^/]+/, "/$1/{id}");
  return `${method} ${bare}`;
}

/** An engine that was never asked to build has none to remove. */
const withBuildCache: AnswerInstead = ({ path }) =>
  path.endsWith("/system/df")
    ? { status: 200, body: { BuildCache: [{ ID: "a", Type: "regular", Size: 5, InUse: false, Shared: false }] } }
    : undefined;
