import { readFileSync } from "node:fs";
import { Agent, request } from "node:https";
import { type ConnectionOptions, getCACertificates } from "node:tls";
import { type Channel, idleMs } from "./channel.ts";
import { connectTls } from "./connect-tls.ts";
import type { ConnectionsSettings, TlsSettings } from "./connections.ts";
import { findAddress, openHttp1Channel } from "./http1-channel.ts";

/** The first connection asks for HTTP/2. Where there is none it goes on as the first of those that speak HTTP/1.1. */
export async function openTlsChannel(
  origin: URL,
  settings: ConnectionsSettings,
  signal: AbortSignal,
): Promise<Channel> {
  const tls = readTls(settings.tls);
  const address = findAddress(origin);
  const socket = await connectTls({ ...tls, ...address }, settings.connectTimeoutMs, signal);
  if (socket.alpnProtocol === "h2") {
    const { openHttp2Channel } = await import("./http2-channel.ts");
    settings.onHttp2();
    return openHttp2Channel(origin, socket);
  }
  const agent = new Agent({ ...tls, keepAlive: true, maxSockets: settings.maximum, timeout: idleMs });
  return openHttp1Channel(request, address, agent, socket);
}

function readTls({ caFile, isAnyCertificateAccepted }: TlsSettings): ConnectionOptions {
  return {
    rejectUnauthorized: !isAnyCertificateAccepted,
    ...(caFile === undefined ? {} : { ca: [...getCACertificates("default"), readFileSync(caFile, "utf8")] }),
  };
}
