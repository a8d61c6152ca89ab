import { once } from "node:events";
import { createServer } from "node:net";
import { isLoopbackHost } from "../../config/is-loopback-host.ts";
import type { Config } from "../../config/schema.ts";
import { askHealth } from "../health/ask-health.ts";
import { type Finding, fails, notes, passes } from "./finding.ts";

const name = "http";
const deadlineMs = 3000;

/** Whether the page and the API can be served where the settings say, and be reached as they say. */
export async function checkHttp(config: Config): Promise<readonly Finding[]> {
  if (!config.ApiSettings.Enabled) return [];
  return [await checkPort(config.ApiSettings), ...checkBaseUrl(config.ApiSettings), ...checkKey(config)];
}

async function checkPort(settings: Config["ApiSettings"]): Promise<Finding> {
  const { Address, Port } = settings;
  const { isWell } = await askHealth(settings, "/healthz", deadlineMs);
  if (isWell) return passes(name, `a Talos answers on port ${Port}`);
  const problem = await tryPort(Address, Port);
  if (problem === undefined) return passes(name, `port ${Port} of ${Address} is free`);
  const text =
    problem === "EADDRINUSE"
      ? `another program has port ${Port} of ${Address}`
      : `Talos cannot listen on port ${Port} of ${Address}: ${problem}`;
  return fails(name, text, "ApiSettings.Port and ApiSettings.Address choose another place");
}

/** undefined: it is free. */
async function tryPort(address: string, port: number): Promise<string | undefined> {
  const server = createServer();
  try {
    const listening = once(server, "listening");
    server.listen({ host: address, port, exclusive: true });
    await listening;
    return undefined;
  } catch (error) {
    if (error instanceof Error && "code" in error) return String(error.code);
    throw error;
  } finally {
    server.close();
  }
}

function checkBaseUrl({ BaseUrl, Address }: Config["ApiSettings"]): readonly Finding[] {
  const { protocol, hostname, search, hash } = new URL(BaseUrl);
  const isLocal = isLoopbackHost(hostname);
  if (search !== "" || hash !== "")
    return [fails(name, `BaseUrl ${BaseUrl} has more than a path`, "leave out what begins with ? or #")];
  if (isLocal && !isLoopbackHost(Address))
    return [
      notes(
        name,
        `webhook URLs begin with ${BaseUrl}, which only this machine understands`,
        "ApiSettings.BaseUrl is where others reach Talos",
      ),
    ];
  if (protocol === "http:" && !isLocal)
    return [
      notes(
        name,
        `tokens and cookies go to ${BaseUrl} unencrypted`,
        "let a reverse proxy serve it by HTTPS, and begin BaseUrl with https://",
      ),
    ];
  return [];
}

/** Without it each Talos has a key in a file of its own. */
function checkKey({ RedisSettings, ApiSettings }: Config): readonly Finding[] {
  if (RedisSettings.Endpoint === undefined || ApiSettings.SecretKey !== undefined) return [];
  return [
    notes(
      name,
      "several Talos on one Redis do not know each other's secrets of signed webhooks",
      "set ApiSettings.SecretKey, the same for all of them",
    ),
  ];
}
