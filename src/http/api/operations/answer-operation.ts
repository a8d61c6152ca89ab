import type { Context } from "hono";
import { includesAccess } from "../../../config/access.ts";
import { checkArguments } from "../../../operations/check-arguments.ts";
import type { Operation, Progress } from "../../../operations/operation.ts";
import { type OperationAnswer, runOperation } from "../../../operations/run-operation.ts";
import type { View, ViewPart } from "../../../operations/view.ts";
import { answerText } from "../../answer-text.ts";
import type { HttpContext, HttpEnvironment } from "../../http-context.ts";
import { refuseAccess } from "../../letting-in/refusals.ts";
import { problem, problemDocument } from "../../problem.ts";
import { reportFault } from "../../report-fault.ts";
import { describeRefusal } from "../describe-failure.ts";
import type { ServerSentEvent } from "../events/server-sent-event.ts";
import { streamAnswer, wantsEventStream } from "../events/stream-answer.ts";
import { relayProgress } from "./relay-progress.ts";

export interface OperationRequest {
  readonly context: HttpContext;
  readonly operation: Operation;
  readonly given: unknown;
  readonly quietMs: number;
}

/**
 * Runs an operation for the caller. With `Accept: text/event-stream` how far it is comes as events (`status`, `part`), and
 * the outcome as the last one (`answer` or `problem`). It is cancelled when the connection is closed.
 */
export async function answerOperation(asking: Context<HttpEnvironment>, request: OperationRequest): Promise<Response> {
  const { context, operation, given, quietMs } = request;
  const { name, access, via } = asking.get("caller");
  if (!includesAccess(access, operation.access)) return refuseAccess(asking, access, operation.access);
  const reading = checkArguments(operation, given);
  if (reading.kind === "wrong")
    return problem(asking, ...describeRefusal("usage", [{ type: "text", tone: "bad", text: reading.text }]));
  const isStream = wantsEventStream(asking);
  if (!isStream && isEndless(reading.given)) return refuseEndless(asking);
  const gone = new AbortController();
  const signal = AbortSignal.any([gone.signal, asking.req.raw.signal, context.ending]);
  const actor = { name, surface: via === "token" ? ("http" as const) : ("page" as const) };
  const steps = () => runOperation(operation, given, { talos: context.talos, actor, signal });
  return isStream
    ? streamAnswer(asking, tellProgress(steps(), request, quietMs), gone)
    : answerAtOnce(asking, operation, steps());
}

async function answerAtOnce(
  asking: Context,
  { name }: Operation,
  steps: AsyncGenerator<Progress, OperationAnswer>,
): Promise<Response> {
  const parts: ViewPart[] = [];
  for (;;) {
    const step = await steps.next();
    if (step.done !== true) {
      if (step.value.kind === "part") parts.push(step.value.part);
      continue;
    }
    const { ok, code = "usage", view } = step.value;
    if (!ok) return problem(asking, ...describeRefusal(code, [...parts, ...view]));
    return answerText(asking, JSON.stringify(answerOf(name, [...parts, ...view])), "application/json");
  }
}

async function* tellProgress(
  steps: AsyncGenerator<Progress, OperationAnswer>,
  { context, operation }: OperationRequest,
  quietMs: number,
): AsyncGenerator<readonly ServerSentEvent[]> {
  try {
    const relayed = relayProgress(steps, quietMs);
    for (;;) {
      const step = await relayed.next();
      if (step.done === true) {
        const { ok, code = "usage", view } = step.value;
        yield [
          ok ? { event: "answer", data: answerOf(operation.name, view) } : tellProblem(...describeRefusal(code, view)),
        ];
        return;
      }
      yield step.value === undefined ? [{}] : step.value.map(tellStep);
    }
  } catch (error) {
    yield [tellProblem(500, reportFault(error, context.log))];
  }
}

function tellStep(progress: Progress): ServerSentEvent {
  return progress.kind === "status"
    ? { event: "status", data: { text: progress.text } }
    : { event: "part", data: progress.part };
}

function tellProblem(...facts: Parameters<typeof problemDocument>): ServerSentEvent {
  return { event: "problem", data: problemDocument(...facts) };
}

/** The same as `talos <operation> --json` prints. */
function answerOf(operation: string, view: View) {
  return { operation, ok: true, view };
}

/** What is followed never ends by itself: its answer would never come. */
function isEndless(given: Readonly<Record<string, unknown>>): boolean {
  return "follow" in given && /^(?:true|yes|on|1)$/i.test(String(given.follow).trim());
}

function refuseEndless(asking: Context): Response {
  return problem(asking, 400, {
    code: "usage",
    title: "What was asked is not understood",
    detail: "what is followed comes as an event stream",
    hint: "ask with the header `Accept: text/event-stream`, or without `follow`",
  });
}
