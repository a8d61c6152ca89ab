import { composeProjects } from "./compose/compose-projects.ts";
import { runCompose } from "./compose/run-compose.ts";
import { followLogs } from "./engine/containers/follow-logs.ts";
import { inspectImage } from "./engine/containers/inspect-image.ts";
import { readLogs } from "./engine/containers/read-logs.ts";
import { ifUnchanged } from "./engine/if-unchanged.ts";
import type { HostContext } from "./host-context.ts";
import type { Changed, Host } from "./hosts.ts";
import { refuseOnTalosItself } from "./itself/talos-itself.ts";
import type { HostMemory } from "./keeping/host-memory.ts";
import { findLeftovers } from "./leftovers/find-leftovers.ts";
import { removeLeftovers } from "./leftovers/remove-leftovers.ts";
import type { Recreations } from "./recreate/open-recreations.ts";

/** What can be asked of one host. */
export function openHost(
  context: HostContext,
  address: string,
  { memory, recreations }: { readonly memory: HostMemory; readonly recreations: Recreations },
): Host {
  /** The compose projects that are being worked on. */
  const busy = new Set<string>();
  return {
    name: context.name,
    address,
    state: () => memory.state(),
    known: () => memory.known(),
    async containers(signal) {
      return context.list(await context.connection(signal), signal);
    },
    async inspect(container, signal) {
      const connection = await context.connection(signal);
      return context.inspect(connection, await context.find(connection, container, signal), signal);
    },
    async logs(container, lines, signal) {
      const connection = await context.connection(signal);
      const found = await context.find(connection, container, signal);
      return readLogs(context.name, connection, found, lines, signal);
    },
    async *followLogs(container, lines, signal) {
      const connection = await context.connection(signal);
      const found = await context.find(connection, container, signal);
      yield* followLogs(context.name, connection, found, lines, signal);
    },
    start: (container, signal) => act(context, "start", container, signal),
    stop: (container, signal) => act(context, "stop", container, signal),
    restart: (container, signal) => act(context, "restart", container, signal),
    async recreate(wanted, signal) {
      const connection = await context.connection(signal);
      const container = await context.find(connection, wanted, signal);
      if (context.isTalosItself(container)) throw refuseOnTalosItself("recreate", container, context.name);
      const { id, notes } = await recreations.recreate(connection, container.id, signal);
      const details = await context.inspect(connection, await context.find(connection, id, signal), signal);
      return { details, notes };
    },
    projects: () => composeProjects(memory.known()),
    async *compose(request, signal) {
      const connection = await context.connection(signal);
      const { route } = connection;
      const imageLabels = async (imageId: string, within: AbortSignal) =>
        (await inspectImage(context.name, connection, imageId, within))?.labels;
      yield* runCompose({ ...composeHost(context, memory), route, busy, imageLabels }, request, signal);
    },
    async leftovers(signal) {
      return findLeftovers(context.name, await context.connection(signal), signal);
    },
    async remove(leftovers, signal) {
      return removeLeftovers(context.name, await context.connection(signal), leftovers, signal);
    },
  };
}

function composeHost(context: HostContext, memory: HostMemory) {
  const { name, settings } = context;
  const state = memory.state();
  const containers = memory.known();
  return {
    name,
    version: settings.DockerVersion,
    isDoubtful: state.kind !== "up" || state.composeProblem !== undefined,
    isRecreateForced: settings.ForceRecreateOnUp,
    containers,
    own: containers.find((container) => context.isTalosItself(container)),
  };
}

async function act(
  context: HostContext,
  verb: "start" | "stop" | "restart",
  wanted: string,
  signal: AbortSignal,
): Promise<Changed> {
  const connection = await context.connection(signal);
  const container = await context.find(connection, wanted, signal);
  if (verb === "stop" && context.isTalosItself(container)) throw refuseOnTalosItself(verb, container, context.name);
  const { timeoutSeconds } = context;
  const target = connection.docker.getContainer(container.id);
  const calls = {
    start: (abortSignal: AbortSignal): Promise<unknown> => target.start({ abortSignal }).catch(ifUnchanged),
    stop: (abortSignal: AbortSignal): Promise<unknown> => target.stop({ abortSignal }).catch(ifUnchanged),
    restart: (abortSignal: AbortSignal): Promise<unknown> => target.restart({ abortSignal }),
  };
  const answer = await context.ask(connection, `${verb} ${container.name}`, signal, calls[verb], timeoutSeconds);
  const details = await context.inspect(connection, await context.find(connection, container.id, signal), signal);
  const wasSo = `${container.name} was ${verb === "stop" ? "stopped" : "started"} already.`;
  return { details, notes: answer === "unchanged" ? [wasSo] : [] };
}
