import type { HttpContext } from "../http/http-context.ts";
import type { HttpServer } from "../http/open-http-server.ts";
import { TalosError } from "../talos-error.ts";

/**
 * undefined: it is not wanted, or another program has the port that nobody has chosen. A port that somebody has chosen is
 * needed: then that ends the start.
 */
export async function openDaemonHttp(context: Omit<HttpContext, "ending">): Promise<HttpServer | undefined> {
  const { ApiSettings } = context.config;
  if (!ApiSettings.Enabled) return undefined;
  const [{ openHttpServer }, { findPage }] = await Promise.all([
    import("../http/open-http-server.ts"),
    import("../http/page/find-page.ts"),
  ]);
  try {
    const server = await openHttpServer({ ...context, pageFolder: findPage(), port: ApiSettings.Port });
    context.log.info(
      { address: ApiSettings.Address, port: server.port },
      `the page and the API are at ${where(context)}`,
    );
    return server;
  } catch (error) {
    const isChosen = context.given.has("ApiSettings.Port");
    if (!(error instanceof TalosError) || error.code !== "port-taken" || isChosen) throw error;
    context.log.warn({}, `${error.message}. Talos runs without page, API and webhooks. ${error.hint ?? ""}`);
    return undefined;
  }
}

function where({ config: { ApiSettings }, given }: Omit<HttpContext, "ending">): string {
  if (given.has("ApiSettings.BaseUrl")) return ApiSettings.BaseUrl;
  const { Address, Port } = ApiSettings;
  return `http://${Address.includes(":") ? `[${Address}]` : Address}:${Port}`;
}
