import { createServer } from "node:http";
import { expect, test } from "vitest";
import { type RunningDaemon, runDaemon } from "../daemon/run-daemon.ts";
import { freePort } from "../parties/free-port.ts";
import { listen } from "../parties/listen.ts";
import { type TalosUser, talosUser } from "../run-talos.ts";

async function start(user: TalosUser, api: object): Promise<RunningDaemon> {
  await user.home.write({ "talos.json": JSON.stringify({ ApiSettings: api }) });
  return runDaemon({ folder: user.home.path, environment: user.environment, patienceMs: 60_000 });
}

const runs = ({ msg }: { readonly msg: string }) => msg.startsWith("talos runs");

test("talos run serves; talos health says so, quietly and with its exit status, while it runs.", async () => {
  await using user = await talosUser();
  const Port = String(await freePort());
  await using daemon = await start(user, { Port });
  await daemon.waitFor("that it runs", runs);
  expect(daemon.lines).toContainEqual(
    expect.objectContaining({ msg: `the page and the API are at http://127.0.0.1:${Port}` }),
  );
  expect(await user.run(["health"])).toEqual({ status: 0, stdout: "alive\n", stderr: "" });
  await expect
    .poll(() => user.run(["health", "--ready"]))
    .toEqual({ status: 0, stdout: "ready: store, jobs\n", stderr: "" });
  const ready = await fetch(`http://127.0.0.1:${Port}/readyz`);
  expect(await ready.json()).toEqual({ ready: true, parts: { store: "up", jobs: "up" }, hosts: {} });
  expect(await daemon.stop()).toBe(0);
  const gone = await user.run(["health"]);
  expect([gone.status, gone.stdout]).toEqual([1, `no Talos answers at 127.0.0.1:${Port}: nobody listens there\n`]);
});

test("A port that was chosen and is taken ends the start; talos health and the doctor say what is there.", async () => {
  await using other = await listen(createServer((_, response) => void response.end("something else")));
  await using user = await talosUser();
  const Port = other.host.split(":")[1] ?? "";
  await using daemon = await start(user, { Port });
  await expect(daemon.waitFor("that it runs", runs)).rejects.toThrow("another program listens there");
  expect(daemon.child.exitCode).toBe(1);
  const health = await user.run(["health"]);
  expect([health.status, health.stdout]).toEqual([1, `what answers at ${other.host} is no Talos (status 200)\n`]);
  const { stdout } = await user.run(["doctor", "--json"]);
  expect(JSON.parse(stdout).findings).toContainEqual({
    name: "http",
    outcome: "fails",
    text: `another program has port ${Port} of 127.0.0.1`,
    advice: "ApiSettings.Port and ApiSettings.Address choose another place",
  });
});

test("The default port taken is a warning, and Talos runs without.", async () => {
  await using user = await talosUser();
  await using first = await start(user, {});
  await first.waitFor("that it runs", runs);
  await using second = await talosUser();
  await using daemon = await start(second, {});
  await daemon.waitFor("that it runs", runs);
  expect(daemon.lines).toContainEqual(
    expect.objectContaining({
      level: 40,
      msg: expect.stringMatching(/port 8080: another program.*Talos runs without/),
    }),
  );
});

test("Without HTTP talos health asks the socket.", async () => {
  await using user = await talosUser();
  await using daemon = await start(user, { Enabled: "false" });
  await daemon.waitFor("that it runs", runs);
  expect(await user.run(["health"])).toEqual({ status: 0, stdout: "alive\n", stderr: "" });
  await daemon.stop();
  expect(await user.run(["health"])).toMatchObject({ status: 1, stderr: "" });
});
