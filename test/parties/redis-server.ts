import { type Certificate, makeCertificate } from "./certificate.ts";
import { programPath } from "./find-program.ts";
import { freePort } from "./free-port.ts";
import { type RunningProgram, startProgram } from "./start-program.ts";
import { temporaryFolder } from "./temporary-folder.ts";

export interface RedisServer extends AsyncDisposable {
  readonly port: number;
  /** `127.0.0.1:<port>`, with what else a StackExchange.Redis text needs. */
  readonly endpoint: string;
  /** With TLS: the authority to trust. */
  readonly caFile: string | undefined;
  /** Ends it; with persistence it has kept what was written. */
  stop(): Promise<void>;
  /** Starts it again, on the same port. */
  start(): Promise<void>;
}

export interface RedisServerOptions {
  readonly password?: string;
  readonly tls?: boolean;
  /** Every write goes to an append-only file, so that it is there after a stop. */
  readonly persistent?: boolean;
  readonly arguments?: readonly string[];
}

/** A real `redis-server`, empty, in its own folder. Needs redis-server; openssl for TLS. */
export async function redisServer(options: RedisServerOptions = {}): Promise<RedisServer> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(await temporaryFolder());
  const certificate = options.tls === true ? await makeCertificate(folder.path, "localhost") : undefined;
  const port = await freePort();
  let program: RunningProgram | undefined;
  const start = async () => {
    program ??= await startProgram({
      command: programPath("redis-server"),
      arguments: [
        "--bind",
        "127.0.0.1",
        "--dir",
        folder.path,
        "--save",
        "",
        "--appendonly",
        options.persistent === true ? "yes" : "no",
        "--appendfsync",
        "always",
        ...portArguments(port, certificate),
        ...(options.password === undefined ? [] : ["--requirepass", options.password]),
        ...(options.arguments ?? []),
      ],
      folder: folder.path,
      ready: /Ready to accept connections/,
    });
  };
  const stop = async () => {
    const running = program;
    program = undefined;
    await running?.[Symbol.asyncDispose]();
  };
  stack.defer(stop);
  await start();
  const moved = stack.move();
  const extras = `${options.password === undefined ? "" : `,password=${options.password}`}${certificate ? ",ssl=true" : ""}`;
  return {
    port,
    endpoint: `127.0.0.1:${port}${extras}`,
    caFile: certificate?.certFile,
    start,
    stop,
    [Symbol.asyncDispose]: () => moved.disposeAsync(),
  };
}

function portArguments(port: number, certificate: Certificate | undefined): readonly string[] {
  if (certificate === undefined) return ["--port", String(port)];
  const files = ["--tls-cert-file", certificate.certFile, "--tls-key-file", certificate.keyFile];
  return ["--port", "0", "--tls-port", String(port), ...files, "--tls-auth-clients", "no"];
}
