import type { Logger } from "pino";

/**
 * The program's log: one JSON object a line on standard error, so that results on standard output stay clean. Secrets
 * are wrapped where they are read and show as `[secret]` here too. pino is loaded only when something is to be logged.
 */
export async function openLog(level: "debug" | "info" | "warn" | "error"): Promise<Logger> {
  const { destination, pino } = await import("pino");
  return pino(
    { level, base: null, timestamp: () => `,"time":"${new Date().toISOString()}"` },
    destination({ fd: 2, sync: true }),
  );
}
