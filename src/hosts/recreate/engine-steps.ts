import { askEngine } from "../engine/ask-engine.ts";
import { ifUnchanged } from "../engine/if-unchanged.ts";
import type { RecreateHost } from "./recreate.ts";
import type { Settings } from "./settings/inspection.ts";
import type { EndpointSettings } from "./settings/network-endpoints.ts";

const stepSeconds = 120;

interface Wait {
  /** Longer than a step takes else. */
  readonly seconds?: number;
  readonly signal?: AbortSignal;
}

/**
 * The calls of the Engine API that change something, for a container that people know as `name`. Who cancels is heard only
 * where it may take long: an engine finishes what it has begun, and nobody would know how far it came.
 */
export function engineSteps(host: RecreateHost, name: string) {
  const { docker, route } = host.connection;
  const ask = <Answer>(what: string, call: (abortSignal: AbortSignal) => Promise<Answer>, wait: Wait = {}) => {
    const { seconds = 0, signal = new AbortController().signal } = wait;
    return askEngine({ host: host.name, what, route, signal, deadlineSeconds: stepSeconds + seconds }, call);
  };
  return {
    nameOf: async (id: string): Promise<string> =>
      (await ask(`look at ${name}`, (abortSignal) => docker.getContainer(id).inspect({ abortSignal }))).Name.replace(
        /^\//,
        "",
      ),
    rename: (id: string, to: string) =>
      ask(`rename ${name}`, (abortSignal) => docker.getContainer(id).rename({ name: to, abortSignal })),
    /** Gives its id. */
    create: async (as: string, body: Settings): Promise<string> => {
      // dockerode would put the settings in the address too, where the engine logs them.
      const call = (abortSignal: AbortSignal) => {
        const options = { name: as, abortSignal, _query: { name: as }, _body: body };
        return docker.createContainer(options);
      };
      return (await ask(`create a new ${name}`, call)).id;
    },
    join: (network: string, id: string, endpoint: EndpointSettings) =>
      ask(`join the new ${name} to ${network}`, (abortSignal) => {
        const options = { Container: id, EndpointConfig: endpoint, abortSignal };
        return docker.getNetwork(network).connect(options);
      }),
    stop: (id: string, wait: Wait) =>
      ask(`stop ${name}`, (abortSignal) => docker.getContainer(id).stop({ abortSignal }).catch(ifUnchanged), wait),
    start: (id: string) =>
      ask(`start the new ${name}`, (abortSignal) => docker.getContainer(id).start({ abortSignal })),
    restart: (id: string) =>
      ask(`start the old ${name}`, (abortSignal) => docker.getContainer(id).start({ abortSignal }).catch(ifUnchanged)),
    /** Never its volumes. */
    remove: (id: string, { isForced }: { readonly isForced: boolean }) =>
      ask(`remove a container of ${name}`, (abortSignal) => {
        const options = { v: false, force: isForced, abortSignal };
        return docker.getContainer(id).remove(options);
      }),
  };
}
