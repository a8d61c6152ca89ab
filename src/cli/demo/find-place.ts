import { once } from "node:events";
import { createServer } from "node:net";
import { TalosError } from "../../talos-error.ts";
import type { DemoPlace } from "./demo-settings.ts";

/** Reads `0.0.0.0:8080`; without one it finds a free port of this machine. */
export async function findPlace(listen: string | undefined): Promise<DemoPlace> {
  if (listen === undefined) return { address: "127.0.0.1", port: await findFreePort() };
  const [, address, digits] = /^([\w.-]+):(\d{1,5})$/.exec(listen) ?? [];
  const port = Number(digits);
  if (address === undefined || port < 1 || port > 65_535)
    throw new TalosError("usage", `--listen takes an address and a port, not ${listen}`, {
      hint: "as in --listen 0.0.0.0:8080",
    });
  return { address, port };
}

/** It may be taken before it is used; then the demo says so. */
async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("a TCP server has an address and a port");
  return address.port;
}
