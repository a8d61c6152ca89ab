import { expect, test } from "vitest";
import { containerInspection, imageInspection, type Settings } from "./inspection.ts";
import { recreatedContainer } from "./recreated-container.ts";

const id = "0123456789abcdef".repeat(4);
const oldImage = {
  Env: ["PATH=/bin", "VERSION=1"],
  Cmd: ["serve"],
  Entrypoint: ["/start"],
  Labels: { "org.opencontainers.image.version": "1", maintainer: "ada" },
  ExposedPorts: { "80/tcp": {} },
  Volumes: { "/data": {} },
  WorkingDir: "/app",
  User: "web",
  StopSignal: "SIGQUIT",
  Healthcheck: { Test: ["CMD", "check"], Interval: 5 },
};
const inherited = {
  Image: "web:1",
  Hostname: id.slice(0, 12),
  Domainname: "",
  Tty: false,
  OnBuild: null,
  ...oldImage,
};

interface Facts {
  readonly config?: Settings;
  readonly host?: Settings;
  readonly mounts?: readonly Settings[];
  readonly networks?: Settings;
  readonly image?: Settings | undefined;
}

function recreated({ config, host, mounts = [], networks = {}, ...rest }: Facts) {
  const container = containerInspection.parse({
    Id: id,
    Name: "/web",
    Image: "sha256:old",
    State: { Running: true },
    Config: { ...inherited, ...config },
    HostConfig: { NetworkMode: "default", ...host },
    Mounts: mounts,
    NetworkSettings: { Networks: networks },
  });
  const image = "image" in rest ? rest.image : oldImage;
  const old = image && imageInspection.parse({ Id: "sha256:old", Config: image });
  const { body, furtherNetworks } = recreatedContainer(container, old, "sha256:new");
  return { ...body, furtherNetworks } as unknown as Settings & { readonly HostConfig: Settings };
}

test("what came from the old image is left to the new one", () => {
  expect(recreated({})).toEqual({
    Image: "web:1",
    Hostname: "",
    Domainname: "",
    Tty: false,
    Env: [],
    Labels: {},
    ExposedPorts: {},
    Volumes: {},
    HostConfig: { NetworkMode: "none", Binds: [], ContainerIDFile: "" },
    furtherNetworks: [],
  });
});

const own: readonly (readonly [string, Settings, Settings])[] = [
  ["a variable", { Env: ["PATH=/bin", "VERSION=2", "A=b"] }, { Env: ["VERSION=2", "A=b"] }],
  ["a label", { Labels: { maintainer: "bob", a: "b" } }, { Labels: { maintainer: "bob", a: "b" } }],
  ["a port", { ExposedPorts: { "80/tcp": {}, "81/tcp": {} } }, { ExposedPorts: { "81/tcp": {} } }],
  ["a volume", { Volumes: { "/data": {}, "/more": {} } }, { Volumes: { "/more": {} } }],
  ["a folder", { WorkingDir: "/srv" }, { WorkingDir: "/srv" }],
  ["a user", { User: "0" }, { User: "0" }],
  ["a host name", { Hostname: "www" }, { Hostname: "www" }],
  [
    "a part of a health check",
    { Healthcheck: { Test: ["CMD", "check"], Interval: 9 } },
    { Healthcheck: { Interval: 9 } },
  ],
  ["no health check", { Healthcheck: { Test: ["NONE"] } }, { Healthcheck: { Test: ["NONE"] } }],
  ["a command", { Cmd: ["serve", "-v"] }, { Cmd: ["serve", "-v"], Entrypoint: undefined }],
  ["an entry point", { Entrypoint: ["sh"], Cmd: null }, { Entrypoint: ["sh"], Cmd: null }],
  ["the image's entry point without its command", { Cmd: null }, { Entrypoint: ["/start"], Cmd: null }],
  ["no entry point", { Entrypoint: null, Cmd: ["ls"] }, { Entrypoint: [""], Cmd: ["ls"] }],
  ["what only newer engines know", { Novelty: { a: 1 } }, { Novelty: { a: 1 } }],
  [
    "compose's label of the image",
    { Labels: { "com.docker.compose.image": "sha256:old" } },
    { Labels: { "com.docker.compose.image": "sha256:new" } },
  ],
];

test.each(own)("what somebody asked for stays: %s", (_title, config, expected) => {
  const body = recreated({ config });
  for (const [name, value] of Object.entries(expected)) expect(body[name]).toEqual(value);
});

test("without the old image all of it stays", () => {
  const body = recreated({ image: undefined });
  expect(body).toMatchObject({ Env: oldImage.Env, Cmd: ["serve"], Entrypoint: ["/start"], Labels: oldImage.Labels });
});

test("an image's entry point of no words is none", () => {
  const body = recreated({ config: { Entrypoint: null, WorkingDir: "" }, image: { Cmd: ["serve"], Entrypoint: [] } });
  for (const name of ["Entrypoint", "Cmd", "WorkingDir"]) expect(body).not.toHaveProperty(name);
});

test("a network may be named by its id", () => {
  const networks = { back: { NetworkID: "2" }, front: { NetworkID: "1", Aliases: ["www"] } };
  const body = recreated({ host: { NetworkMode: "1" }, networks });
  expect(body.HostConfig.NetworkMode).toBe("front");
  expect(body.furtherNetworks).toEqual([{ network: "back", endpoint: {} }]);
});

test("volumes without a name are kept where they were, and others stay as they were asked for", () => {
  const volume = (Destination: string, Name: string, more: Settings = {}) => ({
    Type: "volume",
    Name,
    Destination,
    Mode: "",
    RW: true,
    ...more,
  });
  const { HostConfig } = recreated({
    config: { Volumes: { "/data": {}, "/cache/": {}, "/etc/web": {}, "/gone": {}, "/bound": {} } },
    host: {
      Binds: ["/srv/web:/etc/web:ro", "bound:/bound"],
      Mounts: [
        { Type: "volume", Target: "/anonymous", VolumeOptions: { NoCopy: true } },
        { Type: "volume", Source: "named", Target: "/named" },
        { Type: "tmpfs", Target: "/tmp" },
      ],
    },
    mounts: [
      volume("/data", "a".repeat(64)),
      volume("/cache", "b".repeat(64), { Mode: "z", RW: false }),
      volume("/anonymous", "c".repeat(64)),
      volume("/named", "named"),
      volume("/bound", "bound"),
      volume("/from-another", "d".repeat(64)),
      { Type: "bind", Source: "/srv/web", Destination: "/etc/web", Mode: "ro", RW: false },
    ],
  });
  expect(HostConfig.Binds).toEqual([
    "/srv/web:/etc/web:ro",
    "bound:/bound",
    `${"a".repeat(64)}:/data`,
    `${"b".repeat(64)}:/cache:z,ro`,
  ]);
  expect(HostConfig.Mounts).toEqual([
    { Type: "volume", Source: "c".repeat(64), Target: "/anonymous", VolumeOptions: { NoCopy: true } },
    { Type: "volume", Source: "named", Target: "/named" },
    { Type: "tmpfs", Target: "/tmp" },
  ]);
});

test("it joins the same networks under the same names, with addresses that were chosen", () => {
  const body = recreated({
    host: { NetworkMode: "front" },
    networks: {
      back: {
        NetworkID: "2",
        IPAMConfig: null,
        Aliases: ["db", id.slice(0, 12)],
        IPAddress: "10.1.0.9",
        MacAddress: "02:42:0a:01:00:09",
      },
      front: {
        NetworkID: "1",
        IPAMConfig: { IPv4Address: "10.0.0.5" },
        Aliases: [id.slice(0, 12)],
        IPAddress: "10.0.0.5",
        MacAddress: "02:42:0a:00:00:05",
        Gateway: "10.0.0.1",
        EndpointID: "x",
        DriverOpts: { a: "b" },
        Links: ["cache:redis"],
      },
      side: { NetworkID: "3", Aliases: null, IPAddress: "10.2.0.1", MacAddress: "aa:bb:cc:dd:ee:ff", GwPriority: 3 },
    },
  });
  expect(body.HostConfig.NetworkMode).toBe("front");
  const endpoint = { IPAMConfig: { IPv4Address: "10.0.0.5" }, DriverOpts: { a: "b" }, Links: ["cache:redis"] };
  expect(body.NetworkingConfig).toEqual({ EndpointsConfig: { front: endpoint } });
  expect(body.furtherNetworks).toEqual([
    { network: "back", endpoint: { Aliases: ["db"] } },
    { network: "side", endpoint: { GwPriority: 3, MacAddress: "aa:bb:cc:dd:ee:ff" } },
  ]);
});

test.each([
  [
    "the engine's bridge",
    "default",
    { bridge: { NetworkID: "1", IPAddress: "172.17.0.2", MacAddress: "02:42:ac:11:00:02" } },
    "bridge",
  ],
  ["none", "none", { none: { NetworkID: "1" } }, "none"],
  ["the machine's", "host", { host: { NetworkID: "1" } }, "host"],
  ["another container's", "container:abc", {}, "container:abc"],
  ["one that it was taken out of", "front", {}, "none"],
])("the network is %s", (_title, mode, networks, expected) => {
  const body = recreated({ host: { NetworkMode: mode }, networks });
  expect(body.HostConfig.NetworkMode).toBe(expected);
  expect(body.NetworkingConfig).toBeUndefined();
  expect(body.furtherNetworks).toEqual([]);
});

test("a network that was left for another one is not joined again", () => {
  const body = recreated({ host: { NetworkMode: "left" }, networks: { joined: { NetworkID: "1" } } });
  expect(body.HostConfig.NetworkMode).toBe("joined");
  expect(body.NetworkingConfig).toEqual({ EndpointsConfig: { joined: {} } });
});

test("in another container's network it has neither a name nor ports of its own", () => {
  const body = recreated({
    config: { Hostname: "vpn", Domainname: "example.org", ExposedPorts: { "80/tcp": {}, "99/tcp": {} } },
    host: { NetworkMode: "container:abc" },
  });
  expect(body).toMatchObject({ Hostname: "", Domainname: "", ExposedPorts: {} });
});

test("links are asked for as they are asked for, not as they are told", () => {
  const { HostConfig } = recreated({ host: { Links: ["/database:/web/db"], ContainerIDFile: "/x", Privileged: true } });
  expect(HostConfig).toMatchObject({ Links: ["database:db"], ContainerIDFile: "", Privileged: true });
});
