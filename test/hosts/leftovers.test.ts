import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Host } from "../../src/hosts/hosts.ts";
import { describeWith } from "../parties/describe-with.ts";
import { type DockerEngine, dockerEngine } from "../parties/docker-engine.ts";
import { temporaryFolder } from "../parties/temporary-folder.ts";
import { localHost, noSignal, openTestHosts } from "./open-test-hosts.ts";

vi.setConfig({ testTimeout: 60_000 });

describeWith(["dockerd", "busybox"], "what nothing uses", () => {
  const stack = new AsyncDisposableStack();
  let engine: DockerEngine;
  let host: Host;
  beforeAll(async () => {
    engine = stack.use(await dockerEngine());
    const hosts = stack.use(await openTestHosts({ local: localHost(engine.socket) }));
    await hosts.until("local", "up");
    host = hosts.host("local");
  }, 60_000);
  afterAll(() => stack.disposeAsync());

  const images = async () =>
    ((await engine.request("GET", "/images/json")) as readonly { readonly Id: string }[])
      .map(({ Id }) => Id)
      .toSorted();
  const networks = async () =>
    ((await engine.request("GET", "/networks")) as readonly { readonly Name: string }[]).map(({ Name }) => Name);

  test("is found, and goes one by one, but for what has come into use since", async () => {
    const ids: string[] = [];
    for (const content of ["stopped", "taken", "tagged", "gone", "current"]) {
      ids.push(await engine.importImage({ tag: "web:1", content }));
      if (content === "stopped") await engine.run({ name: "done", image: "web:1", network: "none" });
    }
    const [stopped = "", taken = "", tagged = "", gone = "", current = ""] = ids;
    for (const Name of ["used", "ended", "joined", "gone"]) await engine.request("POST", "/networks/create", { Name });
    await engine.run({ name: "user", image: "web:1", network: "used" });
    await engine.run({ name: "ended", image: "web:1", network: "ended", command: ["true"] });
    await engine.request("POST", "/volumes/create", { Name: "data" });
    await engine.request("POST", "/containers/done/stop?t=0");
    await expect.poll(async () => (await host.inspect("ended", noSignal)).state).toBe("exited");

    const found = await host.leftovers(noSignal);
    expect(found.images.map(({ id }) => id).toSorted()).toEqual([taken, tagged, gone].toSorted());
    expect(found.images[0]?.bytes).toBeGreaterThan(100_000);
    expect(found.networks.map(({ name }) => name).toSorted()).toEqual(["gone", "joined"]);

    await engine.request("POST", `/images/${tagged}/tag?repo=saved&tag=1`);
    await engine.run({ name: "taker", image: taken, network: "joined" });
    const went = await host.remove(found, noSignal);
    expect(went.images.map(({ id }) => id)).toEqual([gone]);
    expect(went.networks.map(({ name }) => name)).toEqual(["gone"]);
    expect(await images()).toEqual([stopped, taken, tagged, current].toSorted());
    expect((await networks()).toSorted()).toEqual(["ended", "host", "joined", "none", "used"]);
    expect(await engine.request("GET", "/volumes/data")).toMatchObject({ Name: "data" });
    expect(await host.leftovers(noSignal)).toEqual({ images: [], networks: [], buildCacheBytes: 0 });
  });

  test("of build cache what no image has goes, and the image that was built stays", async () => {
    await using folder = await temporaryFolder();
    await engine.importImage({ tag: "base:1" });
    await folder.write({ Dockerfile: "FROM base:1\nCOPY Dockerfile /copied\n" });
    const context = (await promisify(execFile)("tar", ["-C", folder.path, "-c", "."], { encoding: "buffer" })).stdout;
    await engine.request("POST", "/build?version=2&t=built:1", context);
    const before = await images();
    const { buildCacheBytes } = await host.leftovers(noSignal);
    expect(buildCacheBytes).toBeGreaterThan(0);
    const went = await host.remove({ images: [], networks: [], buildCacheBytes }, noSignal);
    expect(went.buildCacheBytes).toBe(buildCacheBytes);
    expect(await host.leftovers(noSignal)).toMatchObject({ buildCacheBytes: 0 });
    expect(await images()).toEqual(before);
  });

  test("what is not named stays", async () => {
    await engine.importImage({ tag: "other:1", content: "a" });
    await engine.importImage({ tag: "other:1", content: "b" });
    const before = await images();
    const nothing = { images: [], networks: [], buildCacheBytes: 0 };
    expect(await host.remove(nothing, noSignal)).toEqual(nothing);
    expect(await images()).toEqual(before);
  });
});
