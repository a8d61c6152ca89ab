import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Config } from "../../../config/schema.ts";
import { openHosts } from "../../../hosts/open-hosts.ts";
import type { Finding } from "../finding.ts";
import { withDeadline } from "../with-deadline.ts";
import { checkHost, nameHost } from "./check-host.ts";

/** A connection over SSH has 30 s to be made. */
const hostSeconds = 45;
const silent = { info: () => undefined, warn: () => undefined };

/** Each host by a connection of its own, which ends with the check: that of a running Talos is left alone. */
export async function checkHosts(config: Config): Promise<readonly Finding[]> {
  if (Object.keys(config.DockerSettings.Hosts).length === 0) return [];
  await using stack = new AsyncDisposableStack();
  const folder = stack.adopt(await mkdtemp(join(tmpdir(), "talos-doctor-")), (path) =>
    rm(path, { recursive: true, force: true }),
  );
  const pause = (milliseconds: number, signal: AbortSignal) => delay(milliseconds, undefined, { signal });
  const ports = { now: Date.now, random: Math.random, pause, log: silent };
  const hosts = stack.use(openHosts({ ...config, DataDirectory: folder }, ports));
  hosts.connect();
  const checks = hosts.all.map((host) =>
    withDeadline(nameHost(host), hostSeconds, (signal) => checkHost(host, signal)),
  );
  return (await Promise.all(checks)).flat();
}
