import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import { plainAddress } from "./plain-address.ts";
import type { IsTrusted } from "./trusted-proxies.ts";

/** Whose connection it is. */
export function peerAddress({ socket }: IncomingMessage): string {
  return plainAddress(socket.remoteAddress ?? "");
}

/**
 * Who asks: the peer, or whom the trusted proxies name. Each proxy adds at the end of the list whom it saw, so it is read
 * from there, and what stands before the first address that is not a trusted proxy's is that client's own invention.
 */
export function clientAddress(incoming: IncomingMessage, isTrusted: IsTrusted): string {
  const header = incoming.headers["x-forwarded-for"];
  const named = (Array.isArray(header) ? header.join() : (header ?? ""))
    .split(",")
    .map((one) => plainAddress(one.trim()));
  let address = peerAddress(incoming);
  for (const before of named.toReversed()) {
    if (!isTrusted(address) || isIP(before) === 0) return address;
    address = before;
  }
  return address;
}
