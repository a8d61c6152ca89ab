import { setTimeout as delay } from "node:timers/promises";
import type { HostSettings, SshSettings } from "../../src/hosts/host-settings.ts";
import type { Host, HostState } from "../../src/hosts/hosts.ts";
import { openHosts } from "../../src/hosts/open-hosts.ts";
import type { SshServer } from "../parties/ssh-server.ts";
import { temporaryFolder } from "../parties/temporary-folder.ts";

export interface TestHosts extends AsyncDisposable {
  readonly lines: readonly string[];
  host(name: string): Host;
  /** Waits until the host is so. */
  until<Kind extends HostState["kind"]>(name: string, kind: Kind): Promise<Extract<HostState, { kind: Kind }>>;
}

const patienceMs = 15_000;

/** Hosts as the daemon has them, connecting. */
export async function openTestHosts(
  settings: Readonly<Record<string, HostSettings>>,
  dataDirectory?: string,
): Promise<TestHosts> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(await temporaryFolder());
  const lines: string[] = [];
  const log = { info: (text: string) => void lines.push(text), warn: (text: string) => void lines.push(text) };
  const config = {
    DataDirectory: dataDirectory ?? folder.path,
    DockerSettings: { Hosts: settings },
    CommandSettings: { DefaultTimeoutSeconds: 60, DefaultGracePeriodSeconds: 2 },
  };
  const pause = (milliseconds: number, signal: AbortSignal) => delay(milliseconds, undefined, { signal });
  // The shortest waits.
  const hosts = stack.use(openHosts(config, { now: Date.now, random: () => 1, pause, log }));
  hosts.connect();
  const all = stack.move();
  const host = (name: string) => {
    const found = hosts.all.find((each) => each.name === name);
    if (found === undefined) throw new Error(`no host ${name}`);
    return found;
  };
  return {
    lines,
    host,
    async until(name, kind) {
      await waitFor(
        `${name} is ${kind}`,
        () => host(name).state().kind === kind,
        () => JSON.stringify(host(name).state()),
      );
      return host(name).state() as never;
    },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

export async function waitFor(what: string, isSo: () => boolean, describe: () => string = () => ""): Promise<void> {
  for (const untilMs = Date.now() + patienceMs; !isSo(); await delay(20))
    if (Date.now() > untilMs) throw new Error(`never: ${what} ${describe()}`);
}

export function localHost(socket: string): HostSettings {
  return { DockerVersion: "V2", Socket: socket, ForceRecreateOnUp: false, SSHConfig: undefined, Host: undefined };
}

export function sshHost(server: SshServer, socket: string, changes: Partial<SshSettings> = {}): HostSettings {
  const ssh: SshSettings = {
    Host: "127.0.0.1",
    Port: server.port,
    User: server.username,
    IdentityFile: server.clientKeyFile,
    KnownHostsFile: server.knownHostsFile,
    HostKey: undefined,
    Password: undefined,
    ...changes,
  };
  return { ...localHost(socket), SSHConfig: ssh };
}

export const noSignal = AbortSignal.timeout(600_000);
