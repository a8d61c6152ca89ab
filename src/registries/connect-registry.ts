import { createBudget } from "./budget.ts";
import type { Credentials } from "./credentials.ts";
import { createDiscovery } from "./discovery.ts";
import { findEndpoint } from "./endpoints.ts";
import { denied, throttled } from "./failures.ts";
import type { LookupTime } from "./lookup-time.ts";
import { type AccessOptions, openAccess } from "./open-access.ts";
import { createOutage } from "./outage.ts";
import type { LookupFailure, Repository } from "./registry.ts";
import { sendAuthorized } from "./send-authorized.ts";
import { type Answered, sendPersistently } from "./send-persistently.ts";
import type { RegistryRequest } from "./send-to-registry.ts";

/** One registry: everything that is asked of it goes through here, one by one or at the same time. */
export interface RegistryConnection {
  readonly domain: string;
  /** An answer that is neither 401, 403, 429 nor a server's trouble; or why there is none. */
  ask(request: RegistryRequest, time: LookupTime): Promise<Answered>;
  close(): Promise<void>;
}

export function connectRegistry(domain: string, options: AccessOptions): RegistryConnection {
  const { clock } = options;
  const endpoint = findEndpoint(domain, options.settings);
  const discovery = createDiscovery();
  const outage = createOutage(clock);
  const budget = createBudget(clock);
  const { authorizer, readCredentials, send, close } = openAccess(domain, options, endpoint, budget);
  const to = {
    domain,
    name: options.settings.endpoint === undefined ? domain : `${domain} (asked at ${endpoint.host})`,
    origin: endpoint.origins.join(" or "),
    timeoutSeconds: options.requestTimeoutMs / 1000,
  };
  const sendOnce = async (request: RegistryRequest, time: LookupTime) =>
    (await waitForTurn(time)) ??
    sendAuthorized(request, time, {
      domain,
      origins: endpoint.origins,
      pathPrefix: endpoint.pathPrefix,
      authorizer,
      send,
      describeRefusal: async (repository) => describeRefusal(repository, await readCredentials()),
      onLearned: () => discovery.finish(),
    });

  /** A registry that asked for a pause gets it from everybody. A pause longer than a look-up has is not waited for. */
  const waitForTurn = async (time: LookupTime): Promise<LookupFailure | undefined> => {
    const failure = outage.find();
    if (failure !== undefined) return failure;
    const pauseMs = budget.pauseMs();
    if (pauseMs > time.remainingMs()) return throttled(to, pauseMs, "allows no more requests for now");
    if (pauseMs > 0) await clock.wait(pauseMs + clock.random() * Math.min(1000, pauseMs / 10), time.signal);
    return undefined;
  };

  return {
    domain,
    close,
    ask: async (request, time) => {
      const holdMs = request.isPull ? budget.findHoldMs() : undefined;
      if (holdMs !== undefined)
        return throttled(to, holdMs, "allows few more pulls for now, and they are left to real ones");
      const leave = await discovery.enter(time.signal);
      const endWatch = outage.watch();
      try {
        const answered = await sendPersistently(() => sendOnce(request, time), to, time, clock);
        if (answered.kind === "unreachable" || answered.kind === "throttled") endWatch(answered);
        else outage.end();
        return answered;
      } finally {
        leave?.();
      }
    },
  };
}

function describeRefusal(repository: Repository, credentials: Credentials): LookupFailure {
  if (credentials.kind === "none") return denied(repository, undefined, credentials.note);
  return denied(repository, credentials.account, undefined);
}
