import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Actor, Operation } from "../operations/operation.ts";
import { runOperation } from "../operations/run-operation.ts";
import type { Talos } from "../operations/talos.ts";
import { suggestName } from "../policy/nearest-name.ts";
import type { AnswerLine } from "./answer-line.ts";
import { readBody } from "./read-body.ts";

export interface AnswerSettings {
  readonly talos: Talos;
  readonly operations: readonly Operation[];
  /** A fault of the program in an operation; the one who asked is told too. */
  readonly onFault: (error: unknown) => void;
}

/** `POST /operations/<name>` */
export async function answerRequest(request: IncomingMessage, response: ServerResponse, settings: AnswerSettings) {
  const name = /^\/operations\/([\w.%-]+)$/.exec(request.url ?? "")?.[1]?.replaceAll(".", " ") ?? "";
  const operation = settings.operations.find((one) => one.name === name);
  const refuse = (status: number, text: string) => end(response, status, { name, text });
  if (operation === undefined) {
    const names = settings.operations.map((one) => one.name);
    return refuse(404, `there is no operation ${name}: ${suggestName(name, names)}`);
  }
  if (request.method !== "POST") return refuse(405, `${name} is asked for by POST`);
  const body = await readBody(request);
  if (body.kind === "wrong") return refuse(body.status, body.text);
  await run(operation, body.value, response, { actor: readActor(request), settings });
}

const contentType = "application/x-ndjson";

async function run(
  operation: Operation,
  given: unknown,
  response: ServerResponse,
  { actor, settings }: { readonly actor: Actor; readonly settings: AnswerSettings },
): Promise<void> {
  const cancelled = new AbortController();
  response.once("close", () => cancelled.abort());
  const write = async (line: AnswerLine) => {
    if (cancelled.signal.aborted) return;
    if (!response.headersSent) response.setHeader("content-type", contentType);
    const isTaken = response.write(`${JSON.stringify(line)}\n`);
    // A reader that has stopped reading is waited for, so that what it does not read is not piled up here.
    if (!isTaken) await once(response, "drain", { signal: cancelled.signal }).catch(() => undefined);
  };
  const steps = runOperation(operation, given, { talos: settings.talos, actor, signal: cancelled.signal });
  try {
    for (;;) {
      const step = await steps.next();
      if (step.done === true) {
        const { ok, view, code } = step.value;
        if (code === "usage") response.statusCode = 400;
        await write({ operation: operation.name, ok, view, ...(code === undefined ? {} : { code }) });
        break;
      }
      await write(step.value);
    }
  } catch (error) {
    settings.onFault(error);
    const text = `${operation.name} failed: ${error instanceof Error ? error.message : String(error)}`;
    const hint = "This is a fault of Talos, not yours. Its log says more. Please report it.";
    await write({
      operation: operation.name,
      ok: false,
      view: [
        { type: "text", tone: "bad", text },
        { type: "text", text: hint },
      ],
    });
  }
  response.end();
}

function end(
  response: ServerResponse,
  status: number,
  { name, text }: { readonly name: string; readonly text: string },
) {
  const line: AnswerLine = { operation: name, ok: false, code: "usage", view: [{ type: "text", tone: "bad", text }] };
  response.writeHead(status, { "content-type": contentType, connection: "close" });
  response.end(`${JSON.stringify(line)}\n`);
}

/** Only this user can connect; a name that they say of themselves is as good as any. */
function readActor({ headers }: IncomingMessage): Actor {
  const name = typeof headers["talos-actor"] === "string" ? decodeName(headers["talos-actor"]) : "";
  return { name: name === "" ? "somebody" : name, surface: "terminal" };
}

function decodeName(text: string): string {
  try {
    return decodeURIComponent(text)
      .replace(/[\p{Cc}\p{Cf}]/gu, "")
      .trim()
      .slice(0, 64);
  } catch {
    return "";
  }
}
