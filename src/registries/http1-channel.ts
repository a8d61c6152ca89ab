import type { Agent, IncomingMessage, RequestOptions, request as Send } from "node:http";
import type { TLSSocket } from "node:tls";
import { urlToHttpOptions } from "node:url";
import type { Channel, Response } from "./channel.ts";
import { readResponse } from "./read-response.ts";

interface Address {
  readonly host: string;
  readonly port: number;
}

/** HTTP/1.1 over the agent's connections. `first` is open already, and the first that is used. */
export function openHttp1Channel(send: typeof Send, address: Address, agent: Agent, first?: TLSSocket): Channel {
  if (first !== undefined) startWith(first, agent);
  return {
    request: ({ url, method, headers, body }, signal) => {
      const { promise, resolve, reject } = Promise.withResolvers<Response>();
      const options: RequestOptions = {
        ...address,
        path: `${url.pathname}${url.search}`,
        method,
        headers,
        agent,
        signal,
      };
      const request = send(options, (incoming) => {
        if (method === "HEAD") request.shouldKeepAlive = isKeptAlive(incoming);
        const { statusCode = 0, headers: received } = incoming;
        resolve(readResponse(statusCode, received, incoming, method));
      });
      request.on("error", reject).end(body);
      return promise;
    },
    isOpen: () => true,
    close: () => agent.destroy(),
  };
}

export function findAddress(origin: URL): Address {
  const { hostname, port } = urlToHttpOptions(origin);
  return { host: hostname ?? "", port: Number(port ?? (origin.protocol === "https:" ? 443 : 80)) };
}

/** The runtime takes an answer to HEAD without a length for one that ends with the connection; it has no body to end. */
function isKeptAlive({ httpVersion, headers }: IncomingMessage): boolean {
  return httpVersion === "1.1" && headers.connection?.toLowerCase() !== "close";
}

function startWith(socket: TLSSocket, agent: Agent): void {
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (options, callback) => {
    agent.createConnection = connect;
    return socket.destroyed ? connect(options, callback) : socket;
  };
}
