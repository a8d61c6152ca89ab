import type { Connection } from "../connection.ts";
import { askEngine } from "../engine/ask-engine.ts";
import type { Leftovers } from "../leftovers.ts";
import { readLeftovers } from "./read-leftovers.ts";

/** For telling its build cache, an engine measures all it keeps. */
const measureSeconds = 180;

export function findLeftovers(host: string, connection: Connection, signal: AbortSignal): Promise<Leftovers> {
  const { docker, route } = connection;
  const question = { host, what: "tell what it keeps", route, signal, deadlineSeconds: measureSeconds };
  return askEngine(question, async (abortSignal) => {
    const images = await docker.listImages({ filters: { dangling: ["true"] }, abortSignal });
    const networks = await docker.listNetworks({ abortSignal });
    const usage: unknown = await docker.df();
    // Last, so that one that was made meanwhile counts.
    const containers = await docker.listContainers({ all: true, abortSignal });
    return readLeftovers({ containers, images, networks, usage });
  });
}
