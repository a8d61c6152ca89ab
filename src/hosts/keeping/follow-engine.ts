import { setTimeout as delay } from "node:timers/promises";
import { TalosError } from "../../talos-error.ts";
import type { Connection } from "../connection.ts";
import { listContainers } from "../engine/containers/list-containers.ts";
import { debounce } from "../engine/debounce.ts";
import { followChanges } from "../engine/follow-changes.ts";
import { type HostProblem, passing } from "../host-problem.ts";
import type { OpenedRoute } from "../route/opened-route.ts";
import type { HostMemory } from "./host-memory.ts";

export interface EngineToFollow {
  readonly name: string;
  readonly connection: Connection;
  readonly route: OpenedRoute;
  readonly memory: HostMemory;
  /** Called once, when all containers are known; `signal` holds as long as the engine is followed. */
  onListed(signal: AbortSignal): void;
}

/** The end of the engine's events and that of the way to it are heard of in any order. */
const noticeMs = 1000;

/**
 * Keeps the memory of an engine's containers right, by listing them again when its events tell of a change. Ends with the
 * reason when the engine, the way to it or a listing fails; throws only when `closed` is aborted.
 */
export async function followEngine(engine: EngineToFollow, closed: AbortSignal): Promise<HostProblem> {
  const { name, connection, route, memory } = engine;
  const ended = new AbortController();
  const signal = AbortSignal.any([closed, route.lost, ended.signal]);
  const list = async () => memory.remember(await listContainers(name, connection, signal));
  const failed = Promise.withResolvers<HostProblem>();
  using listing = debounce(() => list().catch((error: unknown) => failed.resolve(problemOf(error))));
  try {
    // Before the first listing, so that nothing falls in between.
    const changes = await followChanges(connection.docker, () => listing.request(), signal);
    await list();
    engine.onListed(signal);
    const problem = await Promise.race([failed.promise, changes.ended.then(() => engineWent)]);
    if (!route.lost.aborted) await delay(noticeMs, undefined, { signal: route.lost }).catch(() => undefined);
    closed.throwIfAborted();
    return route.whyLost() ?? problem;
  } catch (error) {
    closed.throwIfAborted();
    return route.whyLost() ?? problemOf(error);
  } finally {
    ended.abort();
  }
}

const engineWent = passing("its engine ended the connection", "was Docker stopped or restarted there?");

function problemOf(error: unknown): HostProblem {
  if (!(error instanceof Error)) throw error;
  return passing(error.message.trim(), error instanceof TalosError ? error.hint : undefined);
}
