import { type Authorizer, createAuthorizer } from "./authorization.ts";
import type { Budget } from "./budget.ts";
import type { Clock } from "./clock.ts";
import { type Credentials, findCredentials } from "./credentials.ts";
import type { DomainSettings } from "./domain-settings.ts";
import type { Endpoint } from "./endpoints.ts";
import { createRegistrySender, type SendToRegistry } from "./send-to-registry.ts";
import { createTokenFetcher } from "./token-fetcher.ts";
import { createTokens } from "./tokens.ts";
import { createTransport } from "./transport.ts";
import { createWire, type WireOptions } from "./wire.ts";

export interface AccessOptions extends Pick<WireOptions, "onRequest" | "count"> {
  readonly settings: DomainSettings;
  readonly dockerConfigPath: string;
  readonly clock: Clock;
  readonly requestTimeoutMs: number;
  readonly lookupTimeoutMs: number;
}

export interface Access {
  readonly authorizer: Authorizer;
  readonly readCredentials: () => Promise<Credentials>;
  readonly send: SendToRegistry;
  readonly close: () => Promise<void>;
}

const defaultConnections = 16;
const mostStreams = 64;
/** A helper may give passwords that expire after some hours, and a person may log in again at any time. */
const credentialsLifeMs = 300_000;

/** Puts together what one registry needs to be asked: connections, credentials, tokens. Nothing is opened before it is needed. */
export function openAccess(domain: string, options: AccessOptions, endpoint: Endpoint, budget: Budget): Access {
  const { settings } = options;
  const closing = new AbortController();
  const transport = createTransport({
    tls: { caFile: settings.caFile, isAnyCertificateAccepted: endpoint.isInsecure },
    connections: settings.concurrency ?? defaultConnections,
    streams: Math.min(mostStreams, settings.concurrency ?? mostStreams),
    requestTimeoutMs: options.requestTimeoutMs,
  });
  const send = createWire({ ...options, domain, origins: endpoint.origins, transport, budget });
  let read: { readonly credentials: Promise<Credentials>; readonly until: number } | undefined;
  const readCredentials = (): Promise<Credentials> => {
    if (read === undefined || read.until <= options.clock.now()) {
      const credentials = findCredentials(settings, endpoint.host, options.dockerConfigPath, closing.signal);
      read = { credentials, until: options.clock.now() + credentialsLifeMs };
    }
    return read.credentials;
  };
  const fetchToken = createTokenFetcher({ ...options, domain, send, readCredentials, signal: closing.signal });
  return {
    authorizer: createAuthorizer(domain, createTokens(fetchToken, options.clock), readCredentials),
    readCredentials,
    send: createRegistrySender(endpoint, send),
    close: async () => {
      closing.abort(new Error("The registry client was closed."));
      await transport.close();
    },
  };
}
