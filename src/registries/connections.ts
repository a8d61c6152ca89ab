import type { Channel, Response } from "./channel.ts";
import type { Ask } from "./transport.ts";
import { untilAborted } from "./until-aborted.ts";

/*
 * The connections to one origin, on the runtime's own clients: undici takes 27 MB and 60 ms to load, and the runtime's `fetch`
 * and undici's defaults open a new connection after nearly every HEAD. Over TLS the first connection tells whether HTTP/2 is
 * offered; then it is the only one, else it is the first of those that are kept alive.
 */

export interface TlsSettings {
  readonly caFile: string | undefined;
  readonly isAnyCertificateAccepted: boolean;
}

export interface ConnectionsSettings {
  readonly maximum: number;
  readonly tls: TlsSettings;
  readonly connectTimeoutMs: number;
  /** A connection speaks HTTP/2: it carries many requests at once. */
  readonly onHttp2: () => void;
}

export interface Connections {
  request(ask: Ask, signal: AbortSignal): Promise<Response>;
  /** Ends all at once, with what is still waited for. */
  close(): void;
}

export function openConnections(origin: string, settings: ConnectionsSettings): Connections {
  const closing = new AbortController();
  let channel: Channel | undefined;
  let opening: Promise<Channel> | undefined;

  const open = async (): Promise<Channel> => {
    try {
      channel = await openChannel(new URL(origin), settings, closing.signal);
      return channel;
    } finally {
      opening = undefined;
    }
  };

  return {
    request: async (ask, signal) => {
      if (channel?.isOpen() === true) return channel.request(ask, signal);
      opening ??= open();
      return (await untilAborted(opening, signal)).request(ask, signal);
    },
    close: () => {
      closing.abort();
      channel?.close();
    },
  };
}

/** Imported by files of our own: `import("node:http")` would evaluate all it exports, a whole undici among it. */
async function openChannel(origin: URL, settings: ConnectionsSettings, signal: AbortSignal): Promise<Channel> {
  if (origin.protocol === "https:") return (await import("./tls-channel.ts")).openTlsChannel(origin, settings, signal);
  return (await import("./plain-channel.ts")).openPlainChannel(origin, settings.maximum);
}
