/**
 * How the browser reaches Talos, as far as can be known from here: a proxy that ends HTTPS may say so, and `BaseUrl` may.
 */
import type { IncomingMessage } from "node:http";
import { basePath } from "../base-path.ts";
import { peerAddress } from "./client-address.ts";
import type { IsTrusted } from "./trusted-proxies.ts";

export interface BrowserConnection {
  isSecure(incoming: IncomingMessage): boolean;
  /** `own`: the page of this Talos asks; `unknown`: no browser of today asks. */
  origin(incoming: IncomingMessage): "own" | "foreign" | "unknown";
  /** Names and attributes of the session's cookie, for this way to Talos. */
  cookie(incoming: IncomingMessage): { readonly name: string; readonly path: string; readonly secure: boolean };
}

export function watchBrowsers(baseUrl: string, isTrusted: IsTrusted): BrowserConnection {
  const base = new URL(baseUrl);
  const path = basePath(baseUrl) || "/";
  const isSecure = (incoming: IncomingMessage): boolean => {
    const told = incoming.headers["x-forwarded-proto"];
    if (typeof told === "string" && isTrusted(peerAddress(incoming)))
      return told.split(",").at(-1)?.trim().toLowerCase() === "https";
    return base.protocol === "https:";
  };
  return {
    isSecure,
    origin({ headers }) {
      const site = headers["sec-fetch-site"];
      if (site !== undefined) return site === "same-origin" || site === "none" ? "own" : "foreign";
      if (headers.origin === undefined) return "unknown";
      // Without Sec-Fetch-Site: a browser that speaks plain HTTP to another machine. Its port is in both headers.
      const origin = URL.parse(headers.origin);
      return origin !== null && (origin.origin === base.origin || origin.host === headers.host) ? "own" : "foreign";
    },
    cookie(incoming) {
      const secure = isSecure(incoming);
      if (!secure) return { name: "talos", path, secure };
      // With __Host- no other name of the domain can put a cookie in its place; it wants the path to be /.
      return { name: path === "/" ? "__Host-talos" : "__Secure-talos", path, secure };
    },
  };
}
