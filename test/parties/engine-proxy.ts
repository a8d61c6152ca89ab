import { createServer, request } from "node:http";
import { join } from "node:path";
import { temporaryFolder } from "./temporary-folder.ts";

export interface EngineCall {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
}

export interface EngineProxy extends AsyncDisposable {
  /** The path of its socket. */
  readonly socket: string;
  /** All that was asked for, also what was refused, in order. */
  readonly calls: readonly EngineCall[];
}

/** Answers instead of the engine; undefined: the engine does. */
export type AnswerInstead = (call: EngineCall) => { readonly status: number; readonly body: unknown } | undefined;

/**
 * Stands before an engine's socket, on one of its own, and refuses with 403 what it is not to let through. Who calls does
 * not hear what became of what is "unanswered": the engine does it, and the connection is cut.
 */
export async function engineProxy(
  engineSocket: string,
  allows: (call: EngineCall) => boolean | "unanswered",
  answerInstead: AnswerInstead = () => undefined,
): Promise<EngineProxy> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(await temporaryFolder());
  const socket = join(folder.path, "proxy.sock");
  const calls: EngineCall[] = [];
  const server = createServer((incoming, outgoing) => {
    const { method = "", url = "", headers } = incoming;
    const call = { method, path: url.split("?")[0] ?? "" };
    calls.push(call);
    const allowed = allows(call);
    const own = allowed ? answerInstead(call) : { status: 403, body: { message: "the proxy forbids it" } };
    if (own !== undefined) {
      incoming.resume();
      outgoing.writeHead(own.status, { "content-type": "application/json" }).end(JSON.stringify(own.body));
      return;
    }
    const passed = request({ socketPath: engineSocket, method, path: url, headers, agent: false }, (answer) => {
      if (allowed === "unanswered") {
        outgoing.destroy();
        return;
      }
      // Also of an answer that has nothing to say yet, as that of events.
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers).flushHeaders();
      answer.pipe(outgoing);
      answer.on("error", () => outgoing.destroy());
    });
    passed.on("error", () => outgoing.destroy());
    outgoing.on("close", () => passed.destroy());
    incoming.pipe(passed);
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(socket, resolve));
  stack.defer(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const all = stack.move();
  return { socket, calls, [Symbol.asyncDispose]: () => all.disposeAsync() };
}
