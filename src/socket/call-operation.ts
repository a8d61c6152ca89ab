import { request as httpRequest, type IncomingMessage } from "node:http";
import { createInterface } from "node:readline";
import type { Progress } from "../operations/operation.ts";
import { TalosError } from "../talos-error.ts";
import { type Answer, type AnswerLine, answerLineSchema } from "./answer-line.ts";
import { findSocket } from "./socket-place.ts";

interface OperationCall {
  readonly dataDirectory: string;
  readonly operation: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** The login of who asks. */
  readonly actor: string;
}

/** Asks the Talos that runs with this data directory. When this process ends, the operation is cancelled. */
export async function* callOperation(call: OperationCall): AsyncGenerator<Progress, Answer> {
  const path = await findSocket(call.dataDirectory);
  if (path === undefined) throw notRunning(call.dataDirectory);
  const response = await send(path, call);
  let answer: Answer | undefined;
  try {
    for await (const text of createInterface({ input: response, crlfDelay: Infinity })) {
      const line = parseLine(text);
      if ("operation" in line) answer = line;
      else yield line;
    }
  } catch (cause) {
    throw new TalosError("not-running", "Talos went away before it had answered", { cause });
  } finally {
    response.destroy();
  }
  if (answer !== undefined) return answer;
  throw new TalosError("not-running", "Talos went away before it had answered", {
    hint: "its log says why; what was asked for may have been done",
  });
}

async function send(path: string, { operation, values, actor, dataDirectory }: OperationCall) {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const request = httpRequest({
    socketPath: path,
    method: "POST",
    path: `/operations/${operation.replaceAll(" ", ".")}`,
    headers: { "content-type": "application/json", "talos-actor": encodeURIComponent(actor) },
    agent: false,
  });
  request.on("response", resolve).on("error", reject);
  request.end(JSON.stringify(values));
  try {
    return await promise;
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
    if (code === "ENOENT" || code === "ECONNREFUSED") throw notRunning(dataDirectory, cause);
    if (code === "EACCES")
      throw new TalosError("not-running", `the Talos in ${dataDirectory} belongs to another user`, {
        hint: "call it as the user it runs as",
        cause,
      });
    throw new TalosError("not-running", `Talos does not answer on ${path}: ${String(code)}`, { cause });
  }
}

function notRunning(dataDirectory: string, cause?: unknown): TalosError {
  return new TalosError("not-running", `no Talos is running with the data directory ${dataDirectory}`, {
    hint: "talos run starts one; --config names the configuration it runs with",
    cause,
  });
}

function parseLine(text: string): AnswerLine {
  try {
    return answerLineSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new TalosError("not-running", "the running Talos answers in a way that this one does not understand", {
      hint: "are both of the same version? talos --version",
      cause,
    });
  }
}
