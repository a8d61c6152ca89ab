import type { TalosEvent } from "../events/event.ts";
import type { Events } from "../events/events.ts";
import { traceIdOf } from "../telemetry/trace.ts";
import type { DaemonLog } from "./daemon-log.ts";

/** Writes every event of this process and of the others into the log, from now on. */
export function logEvents(events: Events, log: DaemonLog): AsyncDisposable {
  const controller = new AbortController();
  const following = follow(events, log, controller.signal);
  return {
    async [Symbol.asyncDispose]() {
      controller.abort();
      await following;
    },
  };
}

async function follow(events: Events, log: DaemonLog, signal: AbortSignal): Promise<void> {
  const [latest] = await events.latest(1);
  for await (const { event } of events.follow(latest?.position ?? 0, signal)) logEvent(event, log);
}

function logEvent({ text, atMs: _atMs, members: _members, trace, ...told }: TalosEvent, log: DaemonLog): void {
  const facts = trace === undefined ? told : { ...told, TraceId: traceIdOf(trace) };
  if (facts.kind === "dead-lettered" || facts.kind === "scan-failed") log.warn(facts, text);
  else if (facts.kind === "operation") log.debug(facts, text);
  else log.info(facts, text);
}
