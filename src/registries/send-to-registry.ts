import type { Endpoint } from "./endpoints.ts";
import { type Followed, followRedirects } from "./follow-redirects.ts";
import type { LookupTime } from "./lookup-time.ts";
import type { Repository } from "./registry.ts";
import type { Ask } from "./transport.ts";
import type { SendOnce } from "./wire.ts";

export interface RegistryRequest {
  readonly method: "HEAD" | "GET";
  readonly repository: Repository;
  /** Below `/v2/<repository>/`; or a whole address that the registry itself gave. */
  readonly address: { readonly resource: string } | { readonly url: URL };
  readonly accept: string;
  /** Registries count these as pulls: they are not sent from the last part of the budget. */
  readonly isPull: boolean;
}

export type SendToRegistry = (
  request: RegistryRequest,
  authorization: string | undefined,
  time: LookupTime,
) => Promise<Followed>;

/** Sends to the origin that answers: where several are possible they are tried in turn, until one does. */
export function createRegistrySender(endpoint: Endpoint, send: SendOnce): SendToRegistry {
  let origins = endpoint.origins;
  return async (request, authorization, time) => {
    const sendHop = async (ask: Ask) => {
      const sent = await send(ask, time.signal);
      time.spend(sent.milliseconds);
      return sent;
    };
    const [first, ...others] = origins.map((origin) => formatAsk(request, origin, endpoint.pathPrefix, authorization));
    if (first === undefined) throw new Error("A registry has at least one origin.");
    let ask = first;
    let followed = await followRedirects(ask, sendHop);
    for (const other of others) {
      if (!isWrongProtocol(followed)) break;
      ask = other;
      followed = await followRedirects(ask, sendHop);
    }
    if (followed.kind === "answer")
      origins = origins.filter((origin) => origin === ask.url.origin || origins.length === 1);
    return followed;
  };
}

function formatAsk(request: RegistryRequest, origin: string, prefix: string, authorization: string | undefined): Ask {
  const { address, repository } = request;
  const url =
    "url" in address
      ? keepOrigin(address.url, origin)
      : new URL(`/v2/${prefix}${repository.path}/${address.resource}`, origin);
  const isOwn = url.origin === origin;
  return {
    method: request.method,
    url,
    headers: {
      accept: request.accept,
      "user-agent": "talos",
      ...(authorization === undefined || !isOwn ? {} : { authorization }),
    },
  };
}

/** Behind a proxy a registry may give its own addresses another scheme or port than the one it is asked at. */
function keepOrigin(url: URL, origin: string): URL {
  return url.hostname === new URL(origin).hostname ? new URL(`${url.pathname}${url.search}`, origin) : url;
}

/** Nothing answered, or a server that wants HTTPS told so in plain HTTP. */
function isWrongProtocol(followed: Followed): boolean {
  if (followed.kind === "failed") return followed.reason === "network" && followed.other === undefined;
  return (
    followed.kind === "answer" &&
    followed.answer.url.protocol === "http:" &&
    followed.answer.status === 400 &&
    !followed.answer.body.toString("utf8").trimStart().startsWith("{")
  );
}
