import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, test } from "vitest";
import { talosUser } from "../run-talos.ts";
import { runDaemon } from "./run-daemon.ts";

test("A signal that arrives twice, from a terminal and from who handed it on, is one: talos run ends in good order.", async () => {
  await using user = await talosUser();
  await using daemon = runDaemon({ folder: user.home.path, environment: user.environment });
  await daemon.waitFor("that it runs", ({ msg }) => msg.startsWith("talos runs"));
  daemon.child.kill("SIGINT");
  daemon.child.kill("SIGTERM");
  expect(await daemon.stop()).toBe(0);
  expect(daemon.lines.at(-1)?.msg).toBe("talos ends");
});

test("Ctrl-C at a checkout reaches everything that `npm start` has started, and ends talos run in good order.", async () => {
  await using user = await talosUser();
  const script = join(import.meta.dirname, "../../scripts/run.mjs");
  const child = spawn(process.execPath, [script, "--here", "src/main.ts", "run"], {
    cwd: user.home.path,
    env: user.environment,
    stdio: ["ignore", "ignore", "pipe"],
    detached: true,
  });
  let log = "";
  const runs = Promise.withResolvers<void>();
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    log += text;
    if (log.includes("talos runs")) runs.resolve();
  });
  const exited = once(child, "exit");
  await Promise.race([runs.promise, exited]);
  process.kill(-(child.pid ?? 0), "SIGINT");
  expect(await exited, log).toEqual([0, null]);
  expect(log).toContain("talos ends");
});
