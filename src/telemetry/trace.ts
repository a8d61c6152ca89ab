/**
 * Spans, for whoever wants to trace. Until a tracer is installed (`open-tracing.ts`, when TracingSettings.Enabled) nothing
 * is loaded and nothing is measured: `inSpan` only calls what it is given. What a newcomer would get wrong:
 *
 * - Which span is open follows the calls and what they await, through timers and connections too: whatever is begun by
 *   itself (a job, a request from outside) says by `resumeTrace` to which trace it belongs, be it none.
 * - Facts are seen by whoever sees the traces: never an argument, a URL or a text that may hold a secret.
 */
import { TalosError } from "../talos-error.ts";
import type { TraceLibrary } from "./trace-libraries.ts";

export type SpanFacts = Readonly<Record<string, string | number | boolean>>;

export interface Span {
  set(facts: SpanFacts): void;
  rename(name: string): void;
  /** It ends badly, although nothing is thrown. */
  fail(text: string): void;
}

/** A span that whoever began it has to end. */
export interface OpenSpan extends Span {
  /** What `run` opens belongs to this span. */
  within<T>(run: () => T): T;
  end(): void;
}

export interface Tracer {
  /** undefined: spans of that library are switched off. */
  begin(library: TraceLibrary, name: string, facts: SpanFacts): OpenSpan | undefined;
  /** W3C `traceparent` of the span that is open here; undefined: none is. */
  current(): string | undefined;
  /** Another trace that led to what is done in the span that is open here. */
  link(traceparent: string): void;
  /** What `run` opens belongs to that trace; undefined: to none that is open here. */
  resume<T>(traceparent: string | undefined, run: () => T): T;
}

let tracer: Tracer | undefined;

export function installTracer(installed: Tracer | undefined): void {
  tracer = installed;
}

const silent: Span = {
  set: () => undefined,
  rename: () => undefined,
  fail: () => undefined,
};

/** `run` in a span; what it throws is noted in the span, and thrown on. */
export async function inSpan<T>(
  library: TraceLibrary,
  name: string,
  facts: SpanFacts,
  run: (span: Span) => Promise<T>,
): Promise<T> {
  const span = tracer?.begin(library, name, facts);
  if (span === undefined) return run(silent);
  try {
    return await span.within(() => run(span));
  } catch (error) {
    noteFailure(span, error);
    throw error;
  } finally {
    span.end();
  }
}

/** The same for what goes step by step, each of which may be asked for from anywhere. */
export function inSpanSteps<Step, Result>(
  library: TraceLibrary,
  name: string,
  facts: SpanFacts,
  run: (span: Span) => AsyncGenerator<Step, Result, void>,
): AsyncGenerator<Step, Result, void> {
  const span = tracer?.begin(library, name, facts);
  if (span === undefined) return run(silent);
  const steps = span.within(() => run(span));
  const move = async (go: () => Promise<IteratorResult<Step, Result>>) => {
    try {
      const step = await span.within(go);
      if (step.done === true) span.end();
      return step;
    } catch (error) {
      noteFailure(span, error);
      span.end();
      throw error;
    }
  };
  const traced: AsyncGenerator<Step, Result, void> = {
    next: () => move(() => steps.next()),
    return: (value) => move(() => steps.return(value)),
    throw: (error) => move(() => steps.throw(error)),
    [Symbol.asyncIterator]: () => traced,
    async [Symbol.asyncDispose]() {
      await span.within(() => steps[Symbol.asyncDispose]());
      span.end();
    },
  };
  return traced;
}

/** Only what was written for people: the text of another error may hold anything. */
function noteFailure(span: Span, error: unknown): void {
  if (error instanceof TalosError) {
    span.set({ "error.type": error.code });
    span.fail(error.message);
  } else if (error instanceof Error && error.name !== "AbortError") {
    span.set({ "error.type": error.name });
    span.fail(error.name);
  }
}

/** To be kept with what another process, or this one later, goes on with by `resumeTrace`. */
export function currentTrace(): string | undefined {
  return tracer?.current();
}

/** Another trace that led to what is done here. */
export function linkTrace(traceparent: string | undefined): void {
  if (traceparent !== undefined) tracer?.link(traceparent);
}

/** undefined: to none that is open here. */
export function resumeTrace<T>(traceparent: string | undefined, run: () => T): T {
  return tracer === undefined ? run() : tracer.resume(traceparent, run);
}

/** The part of a `traceparent` that names the trace, as logs show it. */
export function traceIdOf(traceparent: string): string {
  return traceparent.slice(3, 35);
}
