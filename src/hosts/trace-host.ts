import { inSpan, inSpanSteps } from "../telemetry/trace.ts";
import type { Host } from "./hosts.ts";

/** The same host, with a span for whatever is asked of it. What is known without asking makes none. */
export function traceHost(host: Host): Host {
  const traced = <T>(what: string, ask: () => Promise<T>, container?: string): Promise<T> => {
    const about = container === undefined ? {} : { "talos.container": container };
    return inSpan("hosts", `host ${what}`, { "talos.host": host.name, ...about }, ask);
  };
  return {
    ...host,
    containers: (signal) => traced("containers", () => host.containers(signal)),
    inspect: (container, signal) => traced("inspect", () => host.inspect(container, signal), container),
    logs: (container, lines, signal) => traced("logs", () => host.logs(container, lines, signal), container),
    followLogs: (container, lines, signal) => {
      const facts = { "talos.host": host.name, "talos.container": container };
      return inSpanSteps("hosts", "host follow logs", facts, () => host.followLogs(container, lines, signal));
    },
    start: (container, signal) => traced("start", () => host.start(container, signal), container),
    stop: (container, signal) => traced("stop", () => host.stop(container, signal), container),
    restart: (container, signal) => traced("restart", () => host.restart(container, signal), container),
    recreate: (container, signal) => traced("recreate", () => host.recreate(container, signal), container),
    compose: (request, signal) => {
      const facts = { "talos.host": host.name, "talos.project": request.project };
      return inSpanSteps("hosts", `compose ${request.action}`, facts, () => host.compose(request, signal));
    },
    leftovers: (signal) => traced("leftovers", () => host.leftovers(signal)),
    remove: (leftovers, signal) => traced("remove", () => host.remove(leftovers, signal)),
  };
}
