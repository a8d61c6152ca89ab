/**
 * Docker engines, local and over SSH. Containers are reached by the Engine API, compose projects by the compose command
 * where they live. A host that is down costs the others nothing: what is asked of it fails at once, with the reason. Names
 * come from people and containers: they go to the engine as data, and to a remote command line only through shellQuote.
 *
 * A remote host has one ssh process, which Talos starts and everything shares: it forwards the engine's socket, and further
 * sessions join it. It ends when a pipe from Talos is closed, so also when Talos was killed. What is known of the containers
 * is a memory that the engine's events keep right; what is asked of a host is asked of its engine.
 */

import type { ComposeProject, ComposeRequest } from "./compose-project.ts";
import type { Container, ContainerDetails } from "./container.ts";
import type { Leftovers } from "./leftovers.ts";

export interface Hosts extends AsyncDisposable {
  /** In the order of the configuration. */
  readonly all: readonly Host[];
}

/**
 * What asks the engine throws a TalosError: `host-unreachable` (retryable), `target-not-found` with the nearest name,
 * `host-refused` with what the engine said, `compose-failed` with the end of what compose wrote.
 */
export interface Host {
  readonly name: string;
  /** `unix:///var/run/docker.sock`, `ssh://talos@nas:22` */
  readonly address: string;
  /** Without asking. */
  state(): HostState;
  /** All containers, running or not, by name, as the engine's events have told: without asking. The last known while down. */
  known(): readonly Container[];
  /** All containers, running or not, by name. */
  containers(signal: AbortSignal): Promise<readonly Container[]>;
  /** `container`: its name, the beginning of its id where no other begins so, or its compose service where no other is of it. */
  inspect(container: string, signal: AbortSignal): Promise<ContainerDetails>;
  /** The last lines it wrote, oldest first, standard output and error together. */
  logs(container: string, lines: number, signal: AbortSignal): Promise<readonly string[]>;
  /** The same lines, then those it writes, as many at once as have come. Ends with the container, and with the signal. */
  followLogs(container: string, lines: number, signal: AbortSignal): AsyncGenerator<readonly string[], void>;
  start(container: string, signal: AbortSignal): Promise<Changed>;
  stop(container: string, signal: AbortSignal): Promise<Changed>;
  restart(container: string, signal: AbortSignal): Promise<Changed>;
  /** A new container of the same settings, from the image its reference names now, in place of the old one, which is
   * started again when the new one cannot be. */
  recreate(container: string, signal: AbortSignal): Promise<Changed>;
  /** By name, from the labels of the known containers: without asking. */
  projects(): readonly ComposeProject[];
  /** Yields what compose says, line by line. */
  compose(request: ComposeRequest, signal: AbortSignal): AsyncGenerator<string, void>;
  /** What nothing uses: see `Leftovers`. */
  leftovers(signal: AbortSignal): Promise<Leftovers>;
  /** Removes exactly these; what is in use meanwhile stays. Resolves with what went. */
  remove(leftovers: Leftovers, signal: AbortSignal): Promise<Leftovers>;
}

/** A container as it is after something was done to it. */
export interface Changed {
  readonly details: ContainerDetails;
  /** What a person should know, a sentence each: that it was so already, or who shared its network. */
  readonly notes: readonly string[];
}

/** The `composeProblem` of a host that is up, until compose was looked for. */
export const composeNotKnown = "not known yet";

export type HostState =
  /** Since the start; not known yet. */
  | { readonly kind: "connecting" }
  | {
      readonly kind: "up";
      /** `20.10.24` */
      readonly engineVersion: string;
      /** The version of the API that is spoken: `1.41`. */
      readonly apiVersion: string;
      /** undefined: there is no compose of the configured version; `composeProblem` says why. */
      readonly composeVersion: string | undefined;
      readonly composeProblem: string | undefined;
    }
  /** `reason` is one line, `hint` what to do. */
  | {
      readonly kind: "down";
      readonly reason: string;
      readonly hint: string | undefined;
      readonly sinceMs: number;
      readonly nextTryMs: number | undefined;
    };
