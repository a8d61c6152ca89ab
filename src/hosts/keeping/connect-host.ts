import type { Connection } from "../connection.ts";
import { connectEngine } from "../engine/connect-engine.ts";
import type { HostProblem } from "../host-problem.ts";
import { explainSocket, readSocketError } from "../route/explain-socket.ts";
import { lookAtSocket } from "../route/look-at-socket.ts";
import type { OpenedRoute } from "../route/opened-route.ts";

const engineSeconds = 20;

/** Speaks with the engine at the end of the way for the first time. Throws only when `signal` is aborted. */
export async function connectHost(
  route: OpenedRoute,
  isRemote: boolean,
  signal: AbortSignal,
): Promise<Connection | HostProblem> {
  const deadline = AbortSignal.timeout(engineSeconds * 1000);
  const all = AbortSignal.any([signal, route.lost, deadline]);
  try {
    return await connectEngine(route, all);
  } catch (error) {
    signal.throwIfAborted();
    if (deadline.aborted)
      return {
        reason: `its engine did not answer in ${engineSeconds} s`,
        hint: "it hangs, or is very busy",
        isLasting: false,
      };
    return route.whyLost() ?? (await explainFailure(error, route, isRemote, signal));
  }
}

async function explainFailure(
  error: unknown,
  route: OpenedRoute,
  isRemote: boolean,
  signal: AbortSignal,
): Promise<HostProblem> {
  if (!(error instanceof Error)) throw error;
  if (!("code" in error) || typeof error.code !== "string")
    return {
      reason: `what answers on ${route.socketThere} is no Docker engine that Talos understands: ${error.message.trim()}`,
      hint: undefined,
      isLasting: true,
    };
  if (!isRemote) return explainSocket(readSocketError(error.code), route.socketThere, false);
  const finding = await lookAtSocket(route, AbortSignal.any([signal, AbortSignal.timeout(engineSeconds * 1000)])).catch(
    () => "unknown" as const,
  );
  signal.throwIfAborted();
  return route.whyLost() ?? explainSocket(finding, route.socketThere, true);
}
