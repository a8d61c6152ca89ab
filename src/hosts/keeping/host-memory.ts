import type { Connection } from "../connection.ts";
import type { Container } from "../container.ts";
import type { HostPorts } from "../host-ports.ts";
import { type HostProblem, passing, unreachable } from "../host-problem.ts";
import { composeNotKnown, type HostState } from "../hosts.ts";

export interface ComposeFinding {
  readonly composeVersion: string | undefined;
  readonly composeProblem: string | undefined;
}

/** How a host is, and what is known of it. */
export interface HostMemory {
  state(): HostState;
  known(): readonly Container[];
  remember(containers: readonly Container[]): void;
  /** At once, but for the time after the start in which it is not known yet whether the host is up. Throws the reason. */
  connection(signal: AbortSignal): Promise<Connection>;
  /** Its compose is not known yet. */
  goUp(connection: Connection): void;
  /** Counts while it is up by that connection. */
  learnCompose(connection: Connection, finding: ComposeFinding): void;
  /** `waitMs` undefined: it is not tried again. */
  goDown(problem: HostProblem, waitMs: number | undefined): void;
  /** Nobody needs to wait for what becomes of it. */
  end(): void;
}

/** `onMissed` is called when somebody asks a host that is down. */
export function openHostMemory(name: string, { now, log }: HostPorts, onMissed: () => void): HostMemory {
  const decided = Promise.withResolvers<void>();
  let state: HostState = { kind: "connecting" };
  let connection: Connection | undefined;
  let known: readonly Container[] = [];
  return {
    state: () => state,
    known: () => known,
    remember(containers) {
      known = containers;
    },
    async connection(signal) {
      signal.throwIfAborted();
      if (state.kind === "connecting") await untilAborted(decided.promise, signal);
      if (connection !== undefined) return connection;
      onMissed();
      throw unreachable(name, state.kind === "down" ? { isLasting: false, ...state } : passing("Talos ends"));
    },
    goUp(connected) {
      const { engineVersion, apiVersion } = connected;
      connection = connected;
      state = { kind: "up", engineVersion, apiVersion, composeVersion: undefined, composeProblem: composeNotKnown };
      decided.resolve();
      log.info(
        `host ${name} is up: Docker ${engineVersion}, ${known.length} ${known.length === 1 ? "container" : "containers"}`,
      );
    },
    learnCompose(of, finding) {
      if (of === connection && state.kind === "up") state = { ...state, ...finding };
    },
    goDown({ reason, hint }, waitMs) {
      const isNews = state.kind !== "down" || state.reason !== reason;
      const sinceMs = state.kind === "down" ? state.sinceMs : now();
      const nextTryMs = waitMs === undefined ? undefined : now() + waitMs;
      connection = undefined;
      state = { kind: "down", reason, hint, sinceMs, nextTryMs };
      decided.resolve();
      if (isNews) log.warn(`host ${name} is down: ${reason}${hint === undefined ? "" : `; ${hint}`}`);
    },
    end() {
      connection = undefined;
      decided.resolve();
    },
  };
}

function untilAborted(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  const { promise: either, resolve, reject } = Promise.withResolvers<void>();
  const abort = () => reject(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  void promise.then(resolve);
  return either.finally(() => signal.removeEventListener("abort", abort));
}
