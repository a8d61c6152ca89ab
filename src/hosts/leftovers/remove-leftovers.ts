import { TalosError } from "../../talos-error.ts";
import type { Connection } from "../connection.ts";
import { askEngine } from "../engine/ask-engine.ts";
import type { Leftovers } from "../leftovers.ts";
import { findLeftovers } from "./find-leftovers.ts";

const removeSeconds = 120;

/**
 * Removes what a person has seen and agreed to, one by one and never by force: what has come into use since stays, and so
 * does what has become unused. Only the build cache is left to the engine, which knows its parts. Gives what went.
 */
export async function removeLeftovers(
  host: string,
  connection: Connection,
  wanted: Leftovers,
  signal: AbortSignal,
): Promise<Leftovers> {
  const { docker, route } = connection;
  const left = await findLeftovers(host, connection, signal);
  const ask = <Answer>(what: string, call: (abortSignal: AbortSignal) => Promise<Answer>) =>
    askEngine({ host, what, route, signal, deadlineSeconds: removeSeconds }, call);
  const images = await those(wanted.images, left.images, ({ id, name }) =>
    ask(`remove image ${name}`, (abortSignal) => docker.getImage(id).remove({ abortSignal })),
  );
  const networks = await those(wanted.networks, left.networks, ({ id, name }) =>
    ask(`remove network ${name}`, (abortSignal) => docker.getNetwork(id).remove({ abortSignal })),
  );
  const isCacheWanted = wanted.buildCacheBytes > 0 && left.buildCacheBytes > 0;
  const cache = isCacheWanted
    ? await ask("empty its build cache", (abortSignal) => docker.pruneBuilder({ abortSignal }))
    : undefined;
  return { images, networks, buildCacheBytes: cache?.SpaceReclaimed ?? 0 };
}

/** Those of the wanted that are still there and could be removed. */
async function those<Kind extends { readonly id: string }>(
  wanted: readonly Kind[],
  left: readonly Kind[],
  remove: (one: Kind) => Promise<unknown>,
): Promise<readonly Kind[]> {
  const gone: Kind[] = [];
  for (const one of left.filter(({ id }) => wanted.some((each) => each.id === id))) {
    const isGone = await remove(one).then(() => true, isInUse);
    if (isGone) gone.push(one);
  }
  return gone;
}

/** The engine refuses to remove what is in use. */
function isInUse(error: unknown): boolean {
  if (error instanceof TalosError && (error.code === "host-refused" || error.code === "target-not-found")) return false;
  throw error;
}
