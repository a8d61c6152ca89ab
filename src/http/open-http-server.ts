/**
 * The server of the API, webhooks and the page. What a client may cost is limited here, before anything is let in: time for
 * headers and for the whole request, size of headers, connections. What follows is in app.ts.
 */
import { once } from "node:events";
import { createServer, type Server, type ServerOptions } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { TalosError } from "../talos-error.ts";
import { createApp } from "./app.ts";
import { basePath } from "./base-path.ts";
import type { HttpContext } from "./http-context.ts";
import { readPage } from "./page/read-page.ts";

export interface HttpServerSettings extends Omit<HttpContext, "ending"> {
  /** Of the built page. */
  readonly pageFolder: string;
  /** 0: any that is free. */
  readonly port: number;
  readonly limits?: Partial<typeof defaultLimits>;
}

export interface HttpServer extends AsyncDisposable {
  readonly port: number;
}

const defaultLimits = {
  /** For the headers. */
  headersTimeout: 10_000,
  /** For the whole request. */
  requestTimeout: 30_000,
  connectionsCheckingInterval: 2000,
  /** Longer than proxies keep theirs, so that they do not write on one that is being closed. */
  keepAliveTimeout: 75_000,
  maxHeaderSize: 16_384,
  maxConnections: 2000,
} satisfies ServerOptions & { maxConnections: number };

/** How long answers under way may take to end. */
const graceMs = 1000;

/** Fails with `port-taken` when somebody listens there already. */
export async function openHttpServer(settings: HttpServerSettings): Promise<HttpServer> {
  const { ApiSettings } = settings.config;
  const ending = new AbortController();
  const page = await readPage(settings.pageFolder, basePath(ApiSettings.BaseUrl));
  const app = createApp({ ...settings, ending: ending.signal }, page);
  const limits = { ...defaultLimits, ...settings.limits };
  const listener = getRequestListener(app.fetch, {
    overrideGlobalObjects: false,
    // HTTP/1.0 need not name one; health checks of old do not.
    hostname: "localhost",
    // What cannot even be made a request of: a Host or a path that is none.
    errorHandler: () => new Response(null, { status: 400 }),
  });
  const server = createServer(limits, (incoming, outgoing) => void listener(incoming, outgoing));
  server.maxConnections = limits.maxConnections;
  await listen(server, ApiSettings.Address, settings.port);
  server.on("error", (error) => settings.log.error({ error: String(error) }, "the server of the API failed"));
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : settings.port,
    async [Symbol.asyncDispose]() {
      const closed = once(server, "close");
      ending.abort();
      server.close();
      // Connections are kept for further requests when their answer has ended: nobody closes those by itself.
      const sweep = setInterval(() => server.closeIdleConnections(), 20);
      const timer = setTimeout(() => server.closeAllConnections(), graceMs);
      await closed;
      clearInterval(sweep);
      clearTimeout(timer);
    },
  };
}

async function listen(server: Server, address: string, port: number): Promise<void> {
  const listening = once(server, "listening");
  server.listen({ host: address, port });
  try {
    await listening;
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
    const isTaken = code === "EADDRINUSE";
    const reason = isTaken ? "another program listens there" : cause instanceof Error ? cause.message : String(cause);
    throw new TalosError(
      isTaken ? "port-taken" : "config-invalid",
      `The API cannot listen on ${address}, port ${port}: ${reason}`,
      {
        hint: "ApiSettings.Port and ApiSettings.Address choose another place; ApiSettings.Enabled: false goes without.",
        cause,
      },
    );
  }
}
