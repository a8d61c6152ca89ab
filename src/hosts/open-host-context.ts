import { askEngine } from "./engine/ask-engine.ts";
import { findContainer } from "./engine/containers/find-container.ts";
import { inspectContainer } from "./engine/containers/inspect-container.ts";
import { listContainers } from "./engine/containers/list-containers.ts";
import type { HostContext } from "./host-context.ts";
import type { HostSettings } from "./host-settings.ts";
import { isTalosItself, type TalosPlace } from "./itself/talos-itself.ts";
import type { HostMemory } from "./keeping/host-memory.ts";

const tellSeconds = 30;

export function openHostContext(
  name: string,
  settings: HostSettings,
  memory: HostMemory,
  { timeoutSeconds, place }: { readonly timeoutSeconds: number; readonly place: TalosPlace },
): HostContext {
  const list: HostContext["list"] = async (connection, signal) => {
    const containers = await listContainers(name, connection, signal);
    memory.remember(containers);
    return containers;
  };
  return {
    name,
    settings,
    timeoutSeconds,
    isTalosItself: (container) => isTalosItself(container, place, settings.SSHConfig !== undefined),
    known: () => memory.known(),
    connection: (signal) => memory.connection(signal),
    list,
    find: async (connection, container, signal) => findContainer(container, await list(connection, signal), name),
    inspect: async (connection, container, signal) =>
      (await inspectContainer(name, connection, container, signal)).details,
    ask: ({ route }, what, signal, call, deadlineSeconds = tellSeconds) =>
      askEngine({ host: name, what, route, signal, deadlineSeconds }, call),
  };
}
