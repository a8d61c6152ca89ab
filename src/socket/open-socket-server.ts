/**
 * How a terminal on the same machine reaches a running Talos: HTTP on a Unix socket in the data directory that only its
 * owner can open, so whoever connects is that user. `POST /operations/<name>` with the arguments as JSON; the answer is
 * a JSON value a line, progress first. Closing the connection cancels the operation.
 */

import { once } from "node:events";
import { chmodSync } from "node:fs";
import { lstat } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { connect } from "node:net";
import { isMainThread } from "node:worker_threads";
import { TalosError } from "../talos-error.ts";
import { type AnswerSettings, answerRequest } from "./answer-request.ts";
import { chooseSocketPlace, findSocket, placeOf, removeSocket, writePointer } from "./socket-place.ts";

interface SocketServerSettings extends AnswerSettings {
  /** In full. */
  readonly dataDirectory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export interface SocketServer extends AsyncDisposable {
  readonly path: string;
}

export async function openSocketServer(settings: SocketServerSettings): Promise<SocketServer> {
  const { dataDirectory } = settings;
  await removeLeftOver(dataDirectory);
  const place = await chooseSocketPlace(dataDirectory, settings.environment);
  const underWay = new Set<Promise<void>>();
  const server = createServer(
    { headersTimeout: 5000, requestTimeout: 10_000, keepAlive: false, maxHeaderSize: 8192 },
    (request, response) => {
      const answering = answerRequest(request, response, settings)
        .catch((error: unknown) => {
          settings.onFault(error);
          response.destroy();
        })
        .finally(() => underWay.delete(answering));
      underWay.add(answering);
    },
  );
  await listen(server, place.path, dataDirectory);
  server.on("error", settings.onFault);
  await writePointer(place);
  return {
    path: place.path,
    async [Symbol.asyncDispose]() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
      // What was cancelled by that still tells the event log.
      await Promise.all(underWay);
      await removeSocket(place);
    },
  };
}

/** The socket of a process that died goes; that of one that lives is not taken from it. */
async function removeLeftOver(dataDirectory: string): Promise<void> {
  const path = await findSocket(dataDirectory);
  const found = path === undefined ? undefined : await lstat(path).catch(() => undefined);
  if (path === undefined || found === undefined) return;
  if (!found.isSocket())
    throw new TalosError("store-unusable", `${path} is in the way of the socket, and is not one`, {
      hint: "move it elsewhere, or choose another DataDirectory",
    });
  if (await isAnswered(path)) throw alreadyRunning(dataDirectory);
  await removeSocket(placeOf(path, dataDirectory));
}

/** Only a refusal says that nobody listens: what may not be asked may well be alive. */
async function isAnswered(path: string): Promise<boolean> {
  const socket = connect(path);
  try {
    await once(socket, "connect");
    return true;
  } catch (error) {
    return !(error instanceof Error && "code" in error && (error.code === "ECONNREFUSED" || error.code === "ENOENT"));
  } finally {
    socket.destroy();
  }
}

/** Nobody else may open the socket, not even in the moment before its mode is set. */
async function listen(server: Server, path: string, dataDirectory: string): Promise<void> {
  const listening = once(server, "listening");
  // Worker threads, of which Talos has none but tests do, cannot set it.
  const former = isMainThread ? process.umask(0o177) : undefined;
  try {
    server.listen(path);
  } finally {
    if (former !== undefined) process.umask(former);
  }
  try {
    await listening;
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "EADDRINUSE") throw alreadyRunning(dataDirectory);
    throw new TalosError("store-unusable", `the socket ${path} cannot be made: ${String(cause)}`, { cause });
  }
  chmodSync(path, 0o600);
}

function alreadyRunning(dataDirectory: string): TalosError {
  return new TalosError("already-running", `another Talos is running with the data directory ${dataDirectory}`, {
    hint: "stop it first, or give this one a DataDirectory of its own",
  });
}
