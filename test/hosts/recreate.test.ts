import { randomInt } from "node:crypto";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Host } from "../../src/hosts/hosts.ts";
import { containerOfMounts } from "../../src/hosts/itself/own-container.ts";
import { describeWith } from "../parties/describe-with.ts";
import { type DockerEngine, dockerEngine } from "../parties/docker-engine.ts";
import { localHost, noSignal, openTestHosts } from "./open-test-hosts.ts";

vi.setConfig({ testTimeout: 60_000 });

interface Inspection {
  readonly Id: string;
  readonly Image: string;
  readonly State: { readonly Running: boolean; readonly StartedAt: string };
  readonly Config: Readonly<Record<string, unknown>> & { readonly Env: readonly string[] };
  readonly HostConfig: Readonly<Record<string, unknown>>;
  readonly Mounts: readonly { readonly Name: string; readonly Destination: string }[];
  readonly NetworkSettings: { readonly Networks: Readonly<Record<string, Endpoint>> };
}

interface Endpoint {
  readonly Aliases: readonly string[];
  readonly IPAddress: string;
}

describeWith(["dockerd", "busybox"], "a container that is recreated", () => {
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

  const look = async (name: string) => (await engine.request("GET", `/containers/${name}/json`)) as Inspection;
  const names = async () => (await host.containers(noSignal)).map(({ name }) => name);
  const publish = (version: number, ...more: readonly string[]) =>
    engine.importImage({
      tag: "web:1",
      content: String(version),
      instructions: [`ENV VERSION=${version}`, `LABEL version=${version}`, "VOLUME /data", "EXPOSE 80", ...more],
    });

  test("runs the new image with everything that somebody asked for", async () => {
    const old = await publish(1);
    const subnet = `10.${randomInt(64, 128)}.${randomInt(256)}`;
    const config = [{ Subnet: `${subnet}.0/28` }];
    await engine.request("POST", "/networks/create", { Name: "front", IPAM: { Config: config } });
    await engine.request("POST", "/networks/create", { Name: "back" });
    const id = await engine.run({
      name: "web",
      image: "web:1",
      network: "front",
      labels: { mine: "yes" },
      settings: {
        Env: ["MINE=1"],
        User: "0",
        NetworkingConfig: {
          EndpointsConfig: { front: { IPAMConfig: { IPv4Address: `${subnet}.9` }, Aliases: ["www"] } },
        },
      },
      hostSettings: {
        Memory: 64 * 1024 * 1024,
        RestartPolicy: { Name: "unless-stopped" },
        PortBindings: { "80/tcp": [{ HostIp: "127.0.0.1", HostPort: "" }] },
        Tmpfs: { "/run": "" },
        ExtraHosts: ["example.org:127.0.0.1"],
      },
    });
    await engine.request("POST", "/networks/back/connect", { Container: id, EndpointConfig: { Aliases: ["inner"] } });
    const before = await look("web");
    const fresh = await publish(2);
    const { details, notes } = await host.recreate("web", noSignal);
    const after = await look("web");
    expect({ notes, state: details.state, id: details.id }).toEqual({ notes: [], state: "running", id: after.Id });
    expect([before.Image, after.Image]).toEqual([old, fresh]);
    expect(after.Config.Env).toEqual(expect.arrayContaining(["MINE=1", "VERSION=2"]));
    expect(after.Config.Labels).toEqual({ mine: "yes", version: "2" });
    expect({ ...after.HostConfig, Binds: null }).toEqual(before.HostConfig);
    expect(after.Mounts.map(({ Name, Destination }) => [Name, Destination])).toEqual(
      before.Mounts.map(({ Name, Destination }) => [Name, Destination]),
    );
    const settled = ({ Id, NetworkSettings }: Inspection) =>
      Object.entries(NetworkSettings.Networks).map(([network, { Aliases }]) => ({
        network,
        aliases: Aliases.filter((alias) => alias !== Id.slice(0, 12)),
      }));
    expect(settled(after)).toEqual(settled(before));
    expect(after.NetworkSettings.Networks.front?.IPAddress).toBe(`${subnet}.9`);
    expect(after.Config.Hostname).toBe(after.Id.slice(0, 12));
    expect(await names()).toEqual(["web"]);

    await publish(3);
    expect((await host.recreate("web", noSignal)).details.labels.version).toBe("3");
    expect((await look("web")).Mounts.map(({ Name }) => Name)).toEqual(before.Mounts.map(({ Name }) => Name));
  });

  test("is put back and runs again when the new one cannot start", async () => {
    await publish(1);
    const id = await engine.run({ name: "steady", image: "web:1" });
    await publish(2, 'ENTRYPOINT ["/no/such/program"]');
    await expect(host.recreate("steady", noSignal)).rejects.toMatchObject({
      message: expect.stringMatching(/^host local could not start the new steady: .*; the old one runs again$/),
    });
    const after = await look("steady");
    expect({ id: after.Id, isRunning: after.State.Running }).toEqual({ id, isRunning: true });
    expect((await names()).filter((name) => name.startsWith("steady"))).toEqual(["steady"]);
  });

  test("is put back when somebody cancels while it is being stopped", async () => {
    await publish(1);
    const command = ["sh", "-c", "trap 'echo told' TERM; while true; do sleep 0.1; done"];
    const id = await engine.run({ name: "slow", image: "web:1", command, settings: { StopTimeout: 3 } });
    const cancel = new AbortController();
    const recreated = host.recreate("slow", cancel.signal);
    // The engine works on stopping it by now.
    await expect.poll(() => host.logs(id, 1, noSignal), { timeout: 20_000 }).toEqual(["told"]);
    cancel.abort(new Error("cancelled by ada"));
    await expect(recreated).rejects.toThrow("cancelled by ada");
    const after = await look("slow");
    expect({ id: after.Id, isRunning: after.State.Running }).toEqual({ id, isRunning: true });
    expect((await names()).filter((name) => name.startsWith("slow"))).toEqual(["slow"]);
  });

  test("is not touched when its image is not there, or when it could not be put back", async () => {
    await engine.importImage({ tag: "lost:1" });
    await engine.run({ name: "lonely", image: "lost:1" });
    await engine.request("DELETE", "/images/lost:1?force=true");
    const { Id, State } = await look("lonely");
    await expect(host.recreate("lonely", noSignal)).rejects.toMatchObject({
      code: "host-refused",
      message: "host local could not recreate lonely: it does not have the image lost:1",
      hint: "pull it first",
    });
    expect(await look("lonely")).toMatchObject({ Id, State });
    await publish(1);
    await engine.run({ name: "brief", image: "web:1", hostSettings: { AutoRemove: true } });
    await expect(host.recreate("brief", noSignal)).rejects.toMatchObject({ code: "host-refused" });
  });

  test("tells by its mounts which it is, from inside", async () => {
    await publish(1);
    for (const network of ["none", "host"]) {
      const command = ["cat", "/proc/self/mountinfo"];
      const settings = { Hostname: "elsewhere" };
      const id = await engine.run({ name: `inside-${network}`, image: "web:1", network, command, settings });
      await expect.poll(async () => (await host.inspect(id, noSignal)).state).toBe("exited");
      expect(containerOfMounts((await host.logs(id, 100, noSignal)).join("\n"))).toBe(id);
    }
  });

  test("stays stopped when it was, and names who shares its network", async () => {
    await publish(1);
    const id = await engine.run({ name: "still", image: "web:1" });
    await engine.run({ name: "guest", image: "web:1", network: `container:${id}` });
    await host.stop("still", noSignal);
    const { details, notes } = await host.recreate("still", noSignal);
    expect(details.state).toBe("created");
    expect(notes).toEqual([
      "guest uses the network of still: recreate it too, or it has none.",
      "web:1 is still the same image.",
    ]);
  });
});
