import { hostname } from "node:os";
import type { Config } from "../config/schema.ts";
import { probeCompose } from "./compose/probe-compose.ts";
import { addressOf, socketPath } from "./host-address.ts";
import type { HostPorts } from "./host-ports.ts";
import { passing } from "./host-problem.ts";
import type { HostSettings } from "./host-settings.ts";
import type { Host, Hosts } from "./hosts.ts";
import { ownContainer } from "./itself/own-container.ts";
import { type HostToKeep, type KeptHost, keepHost } from "./keeping/keep-host.ts";
import { openHost } from "./open-host.ts";
import { openHostContext } from "./open-host-context.ts";
import { openRecreations } from "./recreate/open-recreations.ts";
import { recreationJournal } from "./recreate/recreation-journal.ts";
import { openLocalRoute } from "./route/open-local-route.ts";
import { openSshRoute } from "./route/open-ssh-route.ts";
import { openSocketFolder, type SocketFolder } from "./route/socket-folder.ts";
import { readSshTarget } from "./route/ssh-target.ts";
import { traceHost } from "./trace-host.ts";

type HostsConfig = Pick<Config, "DataDirectory" | "DockerSettings" | "CommandSettings">;

/** Hosts that are not connected to yet. */
export interface OpenHosts extends Hosts {
  /** Each host connects by itself, now and whenever it was lost. For who alone uses the data directory. */
  connect(): void;
}

export function openHosts(config: HostsConfig, ports: HostPorts): OpenHosts {
  const folder = sharedFolder(config.DataDirectory);
  const opened = Object.entries(config.DockerSettings.Hosts).map(([name, of], index) =>
    openOne({ name, of, config, files: async () => `${await folder.path()}/${index}` }, ports),
  );
  return {
    all: opened.map(({ host }) => host),
    connect() {
      for (const { kept } of opened) kept.start();
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(opened.map(({ kept }) => kept[Symbol.asyncDispose]()));
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** Made when the first host wants it, and again where that failed. */
function sharedFolder(dataDirectory: string) {
  let folder: Promise<SocketFolder> | undefined;
  return {
    async path(): Promise<string> {
      folder ??= openSocketFolder(dataDirectory, process.env);
      try {
        return (await folder).path;
      } catch (error) {
        folder = undefined;
        throw error;
      }
    },
    async [Symbol.asyncDispose](): Promise<void> {
      await (await folder)?.[Symbol.asyncDispose]();
    },
  };
}

interface HostStart {
  readonly name: string;
  readonly of: HostSettings;
  readonly config: HostsConfig;
  /** Beginning of the paths of its sockets. */
  readonly files: () => Promise<string>;
}

function openOne(start: HostStart, ports: HostPorts): { readonly host: Host; readonly kept: KeptHost } {
  const { name, of, config } = start;
  const recreations = openRecreations(name, recreationJournal(config.DataDirectory), ports.log);
  const kept = keepHost(
    {
      name,
      isRemote: of.SSHConfig !== undefined,
      openRoute: routeOpener(start),
      findCompose: ({ route }, signal) => probeCompose(route, of.DockerVersion, signal),
      mend: (connection, signal) => recreations.mend(connection, signal),
    },
    ports,
  );
  const timeoutSeconds = config.CommandSettings.DefaultTimeoutSeconds;
  const place = { own: ownContainer(), hostname: hostname() };
  const context = openHostContext(name, of, kept.memory, { timeoutSeconds, place });
  return { host: traceHost(openHost(context, addressOf(of), { memory: kept.memory, recreations })), kept };
}

/** A host that hangs is noticed within half a minute. */
const patience = { connectSeconds: 15, aliveSeconds: 10 };

/** A section about SSH must never lead to the engine of this machine, whatever is wrong with it. */
function routeOpener({ name: host, of, config, files }: HostStart): HostToKeep["openRoute"] {
  const graceSeconds = config.CommandSettings.DefaultGracePeriodSeconds;
  const socketThere = socketPath(of);
  if (of.SSHConfig === undefined) return async () => openLocalRoute(host, socketThere, graceSeconds);
  const target = readSshTarget(of.SSHConfig);
  let attempt = 0;
  return async (signal) => {
    attempt = (attempt + 1) % 100_000;
    try {
      const filesPrefix = `${await files()}-${attempt}`;
      return await openSshRoute({ host, target, socketThere, filesPrefix, graceSeconds, patience }, signal);
    } catch (error) {
      signal.throwIfAborted();
      // A disk that is full or read-only is nobody's fault here, and may pass.
      return passing(`ssh cannot be started: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
}
