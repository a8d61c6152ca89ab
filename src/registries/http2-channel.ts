import { connect } from "node:http2";
import type { TLSSocket } from "node:tls";
import { type Channel, idleMs, type Response } from "./channel.ts";
import { readResponse } from "./read-response.ts";

/** Room for many small answers at once, none of which should wait for leave to go on. */
const windowBytes = 1024 * 1024;

/** HTTP/2: all requests over the one connection that is open already. */
export function openHttp2Channel(origin: URL, socket: TLSSocket): Channel {
  const session = connect(origin, {
    createConnection: () => socket,
    settings: { enablePush: false, initialWindowSize: windowBytes },
  });
  session.once("connect", () => session.setLocalWindowSize(windowBytes));
  session.setTimeout(idleMs, () => session.close());
  // Those who wait are told by their own streams.
  session.on("error", () => {});
  let streams = 0;
  return {
    request: async ({ method, url, headers, body }, signal) => {
      const { promise, resolve, reject } = Promise.withResolvers<Response>();
      const pseudo = { ":method": method, ":path": `${url.pathname}${url.search}` };
      const stream = session.request({ ...pseudo, ...headers }, { signal });
      // Idle, the connection does not keep the process alive.
      if (streams++ === 0) session.ref();
      stream
        .on("response", (received) => {
          resolve(readResponse(Number(received[":status"]), received, stream, method));
        })
        .on("error", reject)
        .on("close", () => {
          if (--streams === 0) session.unref();
          // A server may end a stream, or the whole connection, without calling it an error.
          reject(new Error("The connection was closed before there was an answer."));
        })
        .end(body);
      return promise;
    },
    isOpen: () => !session.closed && !session.destroyed,
    close: () => session.destroy(),
  };
}
