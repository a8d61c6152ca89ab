import type { Logger } from "pino";
import { currentTrace, traceIdOf } from "./trace.ts";

/**
 * The program's log: one JSON object a line on standard error, so that results on standard output stay clean. Secrets
 * are wrapped where they are read and show as `[secret]` here too. What is logged inside of a trace has its `TraceId`;
 * elsewhere there is none. pino is loaded only when something is to be logged.
 */
export async function openLog(level: "debug" | "info" | "warn" | "error"): Promise<Logger> {
  const { destination, pino } = await import("pino");
  return pino(
    { level, base: null, timestamp: () => `,"time":"${new Date().toISOString()}"`, mixin: traceFacts },
    destination({ fd: 2, sync: true }),
  );
}

function traceFacts(): object {
  const trace = currentTrace();
  return trace === undefined ? {} : { TraceId: traceIdOf(trace) };
}
