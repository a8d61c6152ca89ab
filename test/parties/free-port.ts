import { randomInt } from "node:crypto";
import { createServer } from "node:net";

const stripes = 4;
/** Of the ports, this worker of the test runner has each fourth. */
const stripe = Number(process.env["VITEST_POOL_ID"] ?? 0) % stripes;

/**
 * A port of the loopback interface that nobody listens on now. Not one of those that a system gives to who wants any (from
 * 32768 on), nor of a test file that runs beside: between now and its use it would be given to somebody else.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = stripes * randomInt(5000, 8000) + stripe;
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const server = createServer().once("error", () => resolve(false));
  server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  return promise;
}
