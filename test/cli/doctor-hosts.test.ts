import { expect, test } from "vitest";
import type { Finding } from "../../src/cli/doctor/finding.ts";
import { runDaemon } from "../daemon/run-daemon.ts";
import { describeWith } from "../parties/describe-with.ts";
import { dockerEngine } from "../parties/docker-engine.ts";
import { sshServer } from "../parties/ssh-server.ts";
import { talosUser } from "../run-talos.ts";

describeWith(["ssh", "sshd", "dockerd", "busybox"], "talos doctor, of hosts,", () => {
  test("says of each what it is, or why it is down and what to do", { timeout: 60_000 }, async () => {
    await using engine = await dockerEngine();
    await using server = await sshServer({ keys: { forwarding: "restrict,port-forwarding", command: "restrict" } });
    await using user = await talosUser();
    await engine.importImage({ tag: "talos/sleeper:1" });
    await engine.run({ name: "web", image: "talos/sleeper:1" });
    const over = (ssh: object) => ({
      Socket: engine.socket,
      SSHConfig: {
        Host: "127.0.0.1",
        Port: server.port,
        User: server.username,
        IdentityFile: server.keyFile("forwarding"),
        ...ssh,
      },
    });
    const known = { KnownHostsFile: server.knownHostsFile };
    const Hosts = {
      here: { Socket: engine.socket },
      nas: over({ HostKey: server.hostKey }),
      nowhere: { Socket: `${engine.socket}.not` },
      unknown: over({ KnownHostsFile: server.emptyKnownHostsFile }),
      changed: over({ KnownHostsFile: server.wrongKnownHostsFile }),
      closed: over({ ...known, IdentityFile: server.otherKeyFile }),
      blocked: over({ ...known, IdentityFile: server.keyFile("command") }),
    };
    await user.home.write({ "talos.json": JSON.stringify({ DockerSettings: { Hosts } }) });
    const { status, stdout } = await user.run(["doctor", "--json"]);
    const { findings }: { findings: readonly Finding[] } = JSON.parse(stdout);
    const of = (name: string) => findings.filter((finding) => finding.name === `host ${name}`);
    const engineText = /: engine \d+\.\d+\S*, API 1\.4\d, 1 container$/;
    expect(of("here")[0]).toMatchObject({ outcome: "passes", text: expect.stringMatching(engineText) });
    expect(of("nas")[0]).toMatchObject({ outcome: "passes", text: expect.stringMatching(engineText) });
    expect(of("nas")[0]?.text).toContain(`ssh://${server.username}@127.0.0.1:${server.port} answers`);
    expect(of("nowhere")).toMatchObject([{ outcome: "fails", text: `there is no ${engine.socket}.not` }]);
    const pin = expect.stringContaining(`ssh-keyscan -t ed25519 -p ${server.port} 127.0.0.1`);
    const unknown = { outcome: "fails", text: expect.stringMatching(/host key of .* is not known/), advice: pin };
    expect(of("unknown")).toMatchObject([unknown]);
    const changed = { outcome: "fails", text: expect.stringContaining("shows another host key"), advice: pin };
    expect(of("changed")).toMatchObject([changed]);
    expect(of("closed")).toMatchObject([{ outcome: "fails", text: expect.stringContaining("does not let") }]);
    expect(of("blocked")).toMatchObject([
      {
        outcome: "fails",
        text: expect.stringContaining("refuses to forward"),
        advice: expect.stringContaining("port-forwarding"),
      },
    ]);
    expect(status).toBe(1);
  });

  test("leaves the connections of a running Talos alone", { timeout: 60_000 }, async () => {
    await using engine = await dockerEngine();
    await using server = await sshServer();
    await using user = await talosUser();
    const SSHConfig = {
      Host: "127.0.0.1",
      Port: server.port,
      User: server.username,
      IdentityFile: server.clientKeyFile,
      HostKey: server.hostKey,
    };
    const DockerSettings = { Hosts: { nas: { Socket: engine.socket, SSHConfig } } };
    await user.home.write({ "talos.json": JSON.stringify({ DockerSettings }) });
    await using daemon = runDaemon({ folder: user.home.path, environment: user.environment });
    await daemon.waitFor("that the host is up", ({ msg }) => msg.startsWith("host nas is up"));
    expect((await user.run(["doctor"])).status).toBe(0);
    expect((await user.run(["containers", "nas"])).status).toBe(0);
    expect(daemon.lines.filter(({ msg }) => msg.startsWith("host nas"))).toHaveLength(1);
  });
});
