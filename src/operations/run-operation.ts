/**
 * The one way in which every surface runs an operation: it checks the arguments, keeps the deadline, lets the caller
 * cancel, turns what failed into a view, and leaves an event about who asked for what. Who may ask is checked by the
 * surface before, because only it knows the person. A fault of the program is thrown on, after the event.
 */
import { setTimeout } from "node:timers/promises";
import type { TalosEvent } from "../events/event.ts";
import { formatDuration } from "../policy/duration.ts";
import { type ErrorCode, TalosError } from "../talos-error.ts";
import { inSpanSteps } from "../telemetry/trace.ts";
import { checkArguments } from "./check-arguments.ts";
import { formatActor } from "./format-actor.ts";
import type { Operation, OperationRun, Progress, Refusal } from "./operation.ts";
import type { View, ViewPart } from "./view.ts";

export interface OperationAnswer {
  readonly ok: boolean;
  readonly view: View;
  /** Why it is not `ok`. `usage`: the arguments are wrong, and nothing was run. */
  readonly code?: ErrorCode;
}

/** How long an operation may take to end by itself once it is cancelled or out of time. */
const graceMs = 1000;

/** `signal` of the run is the caller's: when it aborts, the operation is cancelled. */
export function runOperation(
  operation: Operation,
  values: unknown,
  run: OperationRun,
): AsyncGenerator<Progress, OperationAnswer, void> {
  const facts = {
    "talos.operation": operation.name,
    "talos.access": operation.access,
    "talos.surface": run.actor.surface,
  };
  return inSpanSteps("talos", `operation ${operation.name}`, facts, async function* (span) {
    const answer = yield* runChecked(operation, values, run);
    if (answer.code !== undefined) span.fail(answer.code);
    return answer;
  });
}

async function* runChecked(
  operation: Operation,
  values: unknown,
  run: OperationRun,
): AsyncGenerator<Progress, OperationAnswer, void> {
  const reading = checkArguments(operation, values);
  if (reading.kind === "wrong") return { ok: false, code: "usage", view: [{ ...bad, text: reading.text }] };
  const startedMs = run.talos.now();
  let outcome = "cancelled";
  try {
    const answer = yield* runInTime(operation, reading.given, run);
    outcome = answer.code ?? "ok";
    return answer;
  } catch (error) {
    outcome = "fault";
    throw error;
  } finally {
    // A store that is away takes none, and who has asked has waited long enough.
    if (outcome !== "store-unreachable") await leaveEvent(operation, reading.given, run, { outcome, startedMs });
  }
}

const bad = { type: "text", tone: "bad" } as const;

async function* runInTime(
  operation: Operation,
  values: Readonly<Record<string, unknown>>,
  run: OperationRun,
): AsyncGenerator<Progress, OperationAnswer> {
  const deadline = AbortSignal.timeout(operation.deadlineSeconds * 1000);
  const signal = AbortSignal.any([run.signal, deadline]);
  const steps = operation.run({ ...run, signal }, values);
  const ended = endOf(signal);
  try {
    for (;;) {
      const step = await Promise.race([steps.next(), ended.promise]);
      if (step === "ended") return describeEnd(operation, deadline);
      if (step.done === true) return toAnswer(step.value);
      yield step.value;
    }
  } catch (error) {
    if (signal.aborted && isAbort(error, signal)) return describeEnd(operation, deadline);
    if (error instanceof TalosError) return { ok: false, code: error.code, view: describeError(error) };
    throw error;
  } finally {
    ended.forget();
    // What does not end by itself is not waited for.
    steps.return({ code: "cancelled", view: [] }).catch(() => undefined);
  }
}

/** Resolves a little after the signal aborts. */
function endOf(signal: AbortSignal): { readonly promise: Promise<"ended">; forget(): void } {
  const { promise, resolve } = Promise.withResolvers<"ended">();
  const forgotten = new AbortController();
  const onAbort = (): void => {
    setTimeout(graceMs, undefined, { signal: forgotten.signal, ref: false }).then(
      () => resolve("ended"),
      () => undefined,
    );
  };
  if (signal.aborted) onAbort();
  else signal.addEventListener("abort", onAbort, { once: true, signal: forgotten.signal });
  return { promise, forget: () => forgotten.abort() };
}

function toAnswer(result: View | Refusal): OperationAnswer {
  return "code" in result ? { ok: false, code: result.code, view: result.view } : { ok: true, view: result };
}

function isAbort(error: unknown, signal: AbortSignal): boolean {
  return error === signal.reason || (error instanceof Error && error.name === "AbortError");
}

function describeEnd({ name, deadlineSeconds }: Operation, deadline: AbortSignal): OperationAnswer {
  if (!deadline.aborted)
    return { ok: false, code: "cancelled", view: [{ type: "text", tone: "warning", text: `${name} was cancelled` }] };
  const text = `${name} was not done within ${formatDuration(deadlineSeconds)}, and was given up`;
  return { ok: false, code: "timed-out", view: [{ ...bad, text }] };
}

function describeError({ message, hint }: TalosError): View {
  const advice: readonly ViewPart[] = hint === undefined ? [] : [{ type: "text", text: hint }];
  return [{ ...bad, text: message }, ...advice];
}

/** `facts.access` lets whoever tells people of events pass over what only read; `facts.host` is as the person named it. */
async function leaveEvent(
  { name, access, arguments: schema }: Operation,
  values: Readonly<Record<string, unknown>>,
  { talos, actor }: OperationRun,
  { outcome, startedMs }: { readonly outcome: string; readonly startedMs: number },
): Promise<void> {
  const given = Object.keys(schema.shape).flatMap((key) =>
    values[key] === undefined ? [] : [`${key} ${JSON.stringify(values[key])}`],
  );
  const atMs = talos.now();
  const event: TalosEvent = {
    kind: "operation",
    atMs,
    actor: formatActor(actor),
    cause: "request",
    text: `${[name, ...given].join(", ")}: ${outcome}`,
    facts: {
      operation: name,
      access,
      outcome,
      seconds: (atMs - startedMs) / 1000,
      ...(typeof values.host === "string" ? { host: values.host } : {}),
    },
  };
  try {
    await talos.events.tell(event);
  } catch (error) {
    // Without the store there is no event; what was asked for has been answered all the same.
    if (!(error instanceof TalosError)) throw error;
  }
}
