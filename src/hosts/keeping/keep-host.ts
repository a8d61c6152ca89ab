import type { Connection } from "../connection.ts";
import type { HostPorts } from "../host-ports.ts";
import { type HostProblem, lasting } from "../host-problem.ts";
import type { OpenedRoute } from "../route/opened-route.ts";
import { connectHost } from "./connect-host.ts";
import { followEngine } from "./follow-engine.ts";
import { type ComposeFinding, type HostMemory, openHostMemory } from "./host-memory.ts";
import { retryWaitMs } from "./retry-wait.ts";

export interface KeptHost extends AsyncDisposable {
  readonly memory: HostMemory;
  /** Begins to connect. */
  start(): void;
}

export interface HostToKeep {
  readonly name: string;
  readonly isRemote: boolean;
  openRoute(signal: AbortSignal): Promise<OpenedRoute | HostProblem>;
  findCompose(connection: Connection, signal: AbortSignal): Promise<ComposeFinding>;
  /** Puts right what was left half done. Never rejects. */
  mend(connection: Connection, signal: AbortSignal): Promise<void>;
}

/** After this long it counts as having been up, and what comes then as the first failure. */
const steadyMs = 60_000;
/** Who asks a host that is down makes it be tried again, but not more often than this. */
const hurriedMs = 5000;

/** Once started it connects by itself, and again whenever that ends, until it is disposed of. */
export function keepHost(host: HostToKeep, ports: HostPorts): KeptHost {
  const closed = new AbortController();
  const { signal } = closed;
  let hurry: () => void = () => undefined;
  const memory = openHostMemory(host.name, ports, () => hurry());
  let kept: Promise<void> | undefined;

  async function keep(): Promise<void> {
    for (let failures = 1; ; failures++) {
      const sinceMs = performance.now();
      const problem = await connectOnce(host, memory, signal);
      if (memory.state().kind === "up" && performance.now() - sinceMs > steadyMs) failures = 1;
      const waitMs = retryWaitMs(failures, problem.isLasting, ports.random());
      memory.goDown(problem, waitMs);
      await Promise.race([ports.pause(waitMs, signal), hurried(Math.min(waitMs, hurriedMs))]);
    }
  }

  async function hurried(leastMs: number): Promise<void> {
    const asked = Promise.withResolvers<void>();
    hurry = () => asked.resolve();
    await ports.pause(leastMs, signal);
    await asked.promise;
  }

  /** A fault of Talos costs this host, and nothing else. */
  function giveUp(error: unknown): void {
    if (signal.aborted) return;
    const words = error instanceof Error ? error.message : String(error);
    memory.goDown(lasting(`Talos failed at it: ${words}`, "restart Talos, and report this"), undefined);
  }

  return {
    memory,
    start() {
      kept ??= keep().catch(giveUp);
    },
    async [Symbol.asyncDispose]() {
      closed.abort();
      memory.end();
      await kept;
    },
  };
}

/** Ends when the host cannot be reached or is lost, with the reason; throws only when the signal is aborted. */
async function connectOnce(host: HostToKeep, memory: HostMemory, signal: AbortSignal): Promise<HostProblem> {
  const { name, isRemote } = host;
  const opened = await host.openRoute(signal);
  if ("reason" in opened) return opened;
  await using route = opened;
  const connection = await connectHost(route, isRemote, signal);
  if ("reason" in connection) return connection;
  // None of it may delay the rest: compose is a program that may hang, and an engine may take minutes to stop a container.
  const onListed = (within: AbortSignal) => {
    memory.goUp(connection);
    void host.mend(connection, within);
    void host.findCompose(connection, within).then(
      (finding) => memory.learnCompose(connection, finding),
      (error: unknown) => {
        const composeProblem = `it could not be looked for: ${error instanceof Error ? error.message : String(error)}`;
        memory.learnCompose(connection, { composeVersion: undefined, composeProblem });
      },
    );
  };
  // Awaited here, as the way is closed behind it.
  return await followEngine({ name, connection, route, memory, onListed }, signal);
}
