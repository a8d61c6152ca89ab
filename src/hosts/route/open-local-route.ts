import { endWithInput } from "../../programs/end-with-input.ts";
import { passing, unreachable } from "../host-problem.ts";
import type { OpenedRoute } from "./opened-route.ts";
import { programEnvironment } from "./program-environment.ts";
import { runTethered } from "./run-tethered.ts";
import { spawnTethered } from "./spawn-tethered.ts";

/** The engine of this machine. The way is lost only by being closed. */
export function openLocalRoute(host: string, socket: string, graceSeconds: number): OpenedRoute {
  const closed = new AbortController();
  return {
    socketPath: socket,
    socketThere: socket,
    lost: closed.signal,
    whyLost: () => undefined,
    spawn(command, environment, signal) {
      signal.throwIfAborted();
      closed.signal.throwIfAborted();
      const program = spawnTethered(endWithInput(command, graceSeconds), {
        ...programEnvironment(process.env),
        ...environment,
      });
      return runTethered(program, { signal, lost: closed.signal, graceSeconds, failedWay: undefined });
    },
    async [Symbol.asyncDispose]() {
      closed.abort(unreachable(host, passing("the connection to it was given up")));
    },
  };
}
