/** Runs an operation over HTTP and tells how far it is. Who may is decided by the server; the page only offers less. */
import type { View, ViewPart } from "../../../operations/view.ts";
import { type Failure, readFailure, send } from "../api/ask.ts";
import { readEventStream } from "../api/read-event-stream.ts";

export interface Answer {
  readonly ok: boolean;
  readonly view: View;
  /** It was not run, or its answer did not arrive. */
  readonly failure?: Failure;
  /** The lines about how far it was. */
  readonly said?: readonly string[];
}

export interface Running {
  /** The latest line about how far it is. */
  readonly status?: string;
  /** The latest lines, with that one. */
  readonly said: readonly string[];
  /** What there is of the answer so far. */
  readonly parts: View;
}

export type Arguments = Readonly<Record<string, string | number | boolean>>;

export async function runOperation(
  name: string,
  values: Arguments,
  { signal, onProgress }: { readonly signal?: AbortSignal; readonly onProgress?: (running: Running) => void } = {},
): Promise<Answer> {
  const path = `operations/${encodeURIComponent(name.replaceAll(" ", "."))}`;
  const request = { method: "POST", body: values, ...(signal === undefined ? {} : { signal }) } as const;
  const response = await send(path, request, "text/event-stream, application/json");
  if (!(response instanceof Response)) return fail(response);
  if (!response.ok) return fail(await readFailure(response));
  try {
    const isStream = response.headers.get("content-type")?.startsWith("text/event-stream") === true;
    if (isStream && response.body !== null) return await readProgress(response.body, onProgress);
    const answer: Answer = await response.json();
    return answer;
  } catch {
    return fail({
      status: 0,
      code: signal?.aborted === true ? "cancelled" : "unreachable",
      title: signal?.aborted === true ? "Cancelled" : "The connection was lost before the answer came",
    });
  }
}

/** So many lines about how far it is are kept. */
const mostSaid = 500;

async function readProgress(
  body: ReadableStream<Uint8Array>,
  onProgress: (running: Running) => void = () => undefined,
): Promise<Answer> {
  let running: Running = { said: [], parts: [] };
  for await (const { name, text } of readEventStream(body)) {
    if (name === "answer") {
      const answer: Answer = JSON.parse(text);
      return { ok: answer.ok, view: [...running.parts, ...answer.view], said: running.said };
    }
    if (name === "problem") {
      const problem: Failure = JSON.parse(text);
      return { ...fail(problem), said: running.said };
    }
    if (name === "status") {
      const { text: status }: { text: string } = JSON.parse(text);
      running = { ...running, status, said: [...running.said, status].slice(-mostSaid) };
    } else if (name === "part") {
      const part: ViewPart = JSON.parse(text);
      running = { ...running, parts: [...running.parts, part] };
    }
    onProgress(running);
  }
  return fail({ status: 0, code: "unreachable", title: "The connection was lost before the answer came" });
}

function fail(failure: Failure): Answer {
  return { ok: false, view: failure.view ?? [], failure };
}

/** The first words of an answer, for a line about it. */
export function firstText({ view, failure, ok }: Answer): string {
  const text = view.find((part) => part.type === "text" && part.heading === undefined);
  if (text?.type === "text") return text.text;
  return failure?.detail ?? failure?.title ?? (ok ? "Done" : "That did not work");
}
