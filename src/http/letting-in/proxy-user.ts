import type { IncomingMessage } from "node:http";
import type { Config } from "../../config/schema.ts";
import type { Caller } from "../http-context.ts";
import { peerAddress } from "./client-address.ts";
import type { IsTrusted } from "./trusted-proxies.ts";

/** The user whom a trusted proxy names. A header that anybody else sends says nothing. */
export function readProxyUser(
  { UserHeader, UserAccess }: Config["ApiSettings"],
  isTrusted: IsTrusted,
): (incoming: IncomingMessage) => Caller | undefined {
  const header = UserHeader?.toLowerCase();
  return (incoming) => {
    if (header === undefined || !isTrusted(peerAddress(incoming))) return undefined;
    // Twice means that the proxy has let the client's own one through beside its own.
    const [name = "", ...others] = incoming.headersDistinct[header] ?? [];
    return others.length === 0 && isName(name) ? { name, access: UserAccess, via: "proxy" } : undefined;
  };
}

/**
 * Node gives the bytes of a header as Latin-1 characters. Caddy before 2.9 writes its own `{placeholder}` where whom it asks
 * lets somebody pass without a name.
 */
function isName(name: string): boolean {
  return /^[\x20-\x7e\xa0-\xff]{1,200}$/.test(name) && name.trim() !== "" && !/^\{.*\}$/.test(name);
}
