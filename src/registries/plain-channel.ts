import { Agent, request } from "node:http";
import { type Channel, idleMs } from "./channel.ts";
import { findAddress, openHttp1Channel } from "./http1-channel.ts";

/** HTTP/1.1 without encryption. */
export function openPlainChannel(origin: URL, maximum: number): Channel {
  const agent = new Agent({ keepAlive: true, maxSockets: maximum, timeout: idleMs });
  return openHttp1Channel(request, findAddress(origin), agent);
}
