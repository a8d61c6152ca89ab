import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { describeWith } from "../parties/describe-with.ts";
import { type DockerEngine, dockerEngine } from "../parties/docker-engine.ts";
import { type EngineCall, engineProxy } from "../parties/engine-proxy.ts";
import { temporaryFolder } from "../parties/temporary-folder.ts";
import { localHost, noSignal, openTestHosts } from "./open-test-hosts.ts";

vi.setConfig({ testTimeout: 60_000 });

/** What changes something, in the order of a recreation of a container in two networks. */
const steps = ["create", "connect", "stop old", "rename old", "rename new", "start new", "remove old"];
/** From then on it is the new one that runs. */
const startsAt = steps.indexOf("start new") + 1;
const isChange = ({ method }: EngineCall) => method !== "GET";

interface Cut {
  readonly name: string;
  readonly id: string;
  readonly changes: number;
  readonly isAnswered: boolean;
}

function stepOf({ method, path }: EngineCall, oldId: string): string {
  const what = method === "DELETE" ? "remove" : (path.split("/").at(-1) ?? "");
  return what === "create" || what === "connect" ? what : `${what} ${path.includes(oldId) ? "old" : "new"}`;
}

describeWith(["dockerd", "busybox"], "a recreation whose Talos is gone", () => {
  let engine: DockerEngine;
  beforeAll(async () => {
    engine = await dockerEngine();
    await engine.importImage({ tag: "web:1" });
    for (const Name of ["front", "back"]) await engine.request("POST", "/networks/create", { Name });
  }, 60_000);
  afterAll(() => engine?.[Symbol.asyncDispose](), 60_000);

  const named = async (name: string) => {
    const all = (await engine.request("GET", "/containers/json?all=true")) as readonly {
      readonly Id: string;
      readonly Names: readonly string[];
      readonly State: string;
    }[];
    return all.flatMap(({ Id, Names, State }) =>
      Names[0]?.startsWith(`/${name}`) ? [{ id: Id, name: Names[0].slice(1), state: State }] : [],
    );
  };

  /**
   * Recreates it through a proxy that lets so many changes through, the last with or without an answer, and then nothing. A
   * busy engine may cut a connection by itself: then other steps follow, which put all back, and are let through.
   */
  async function recreateUntil({ name, id, changes, isAnswered }: Cut, dataDirectory: string) {
    let seen = 0;
    const course: { state: "on its way" | "cut" | "disturbed" } = { state: "on its way" };
    await using proxy = await engineProxy(engine.socket, (call) => {
      if (course.state !== "on its way" || !isChange(call)) return course.state !== "cut";
      seen += 1;
      if (stepOf(call, id) !== steps[seen - 1]) course.state = "disturbed";
      else if (seen > changes || (seen === changes && !isAnswered)) course.state = "cut";
      return course.state !== "cut" || (seen === changes && "unanswered");
    });
    await using hosts = await openTestHosts({ local: localHost(proxy.socket) }, dataDirectory);
    await hosts.until("local", "up");
    const failure = await hosts.host("local").recreate(name, noSignal).then(String, String);
    return { failure, isReached: course.state === "cut" };
  }

  const cases = steps.flatMap((step, index) => [
    { at: `before ${step} ${index + 1}`, changes: index, isAnswered: true },
    { at: `while ${step} ${index + 1}`, changes: index + 1, isAnswered: false },
  ]);

  test.concurrent.each(cases)("$at leaves one container of that name, which runs", async ({ changes, isAnswered }) => {
    await using folder = await temporaryFolder();
    const name = `web-${changes}-${isAnswered}`;
    const settings = { StopSignal: "SIGKILL" };
    const id = await engine.run({ name, image: "web:1", network: "front", settings });
    await engine.request("POST", "/networks/back/connect", { Container: id });
    const decoy = await engine.run({ name: `decoy-${name}`, image: "web:1" });
    await engine.request("POST", `/containers/${decoy}/rename?name=decoy-${name}-before-${decoy.slice(0, 12)}`);
    const wanted = { name, id, changes, isAnswered };
    let cut = await recreateUntil(wanted, folder.path);
    while (!cut.isReached) cut = await recreateUntil(wanted, folder.path);

    await using hosts = await openTestHosts({ local: localHost(engine.socket) }, folder.path);
    await hosts.until("local", "up");
    const one = { name, state: "running", isOld: changes < startsAt };
    await vi.waitFor(
      async () => {
        const left = (await named(name)).map((each) => ({ ...each, isOld: each.id === id }));
        expect(left, cut.failure).toEqual([expect.objectContaining(one)]);
        expect(await readdir(join(folder.path, "recreations"))).toEqual([]);
      },
      { timeout: 30_000, interval: 200 },
    );
    expect((await named(`decoy-${name}`)).map((each) => each.id)).toEqual([decoy]);
    await engine.request("DELETE", `/containers/${name}?force=true`);
  });
});
