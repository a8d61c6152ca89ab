import { isIP } from "node:net";
import { type ConnectionOptions, connect, type TLSSocket } from "node:tls";

/** A connection that offers HTTP/2 and HTTP/1.1; `alpnProtocol` tells which was chosen. The signal ends it, at any time. */
export async function connectTls(
  options: ConnectionOptions & { readonly host: string },
  timeoutMs: number,
  signal: AbortSignal,
): Promise<TLSSocket> {
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<TLSSocket>();
  const socket = connect({
    ...options,
    ALPNProtocols: ["h2", "http/1.1"],
    ...(isIP(options.host) === 0 ? { servername: options.host } : {}),
  });
  const timeout = setTimeout(() => {
    socket.destroy(Object.assign(new Error("The connection took too long."), { code: "ETIMEDOUT" }));
  }, timeoutMs);
  const giveUp = () => void socket.destroy(new Error("The registry client is closed."));
  signal.addEventListener("abort", giveUp, { once: true });
  socket.once("close", () => signal.removeEventListener("abort", giveUp));
  socket.once("secureConnect", () => resolve(socket)).once("error", reject);
  try {
    return await promise;
  } finally {
    clearTimeout(timeout);
  }
}
