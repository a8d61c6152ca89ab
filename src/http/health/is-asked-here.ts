import type { IncomingMessage } from "node:http";
import { isLoopbackHost } from "../../config/is-loopback-host.ts";
import type { Config } from "../../config/schema.ts";
import { peerAddress } from "../letting-in/client-address.ts";

const forwarding = ["forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip"];

/**
 * Whether a program of this machine asks, for itself. A proxy on this machine connects from here too: where one is
 * configured (`TrustedProxies`, a `BaseUrl` elsewhere) or shows itself, nobody is believed. Nor is a browser that a site has
 * led here by a name of its own, which stands in `Host`.
 */
export function isAskedHere(
  incoming: IncomingMessage,
  { TrustedProxies, BaseUrl }: Pick<Config["ApiSettings"], "TrustedProxies" | "BaseUrl">,
): boolean {
  return (
    isLoopbackHost(peerAddress(incoming)) &&
    TrustedProxies.length === 0 &&
    isLoopbackHost(new URL(BaseUrl).hostname) &&
    isLoopbackHost((incoming.headers.host ?? "").replace(/:\d+$/, "")) &&
    forwarding.every((name) => incoming.headers[name] === undefined)
  );
}
