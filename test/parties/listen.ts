import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

export interface ListeningServer extends AsyncDisposable {
  /** `127.0.0.1:<port>` */
  readonly host: string;
}

/** Listens on the loopback interface, on any port by default; disposing closes what is still connected too. */
export async function listen(server: Server, port = 0): Promise<ListeningServer> {
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
