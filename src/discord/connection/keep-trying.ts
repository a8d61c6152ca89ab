import { TalosError } from "../../talos-error.ts";
import type { BotPorts, Clock } from "../open-bot.ts";
import { isTokenRefused } from "../rest/explain-rest-failure.ts";

type KeepTryingPorts = Pick<BotPorts, "log"> & Pick<Clock, "pause" | "random">;

const firstWaitMs = 1000;
const longestWaitMs = 300_000;

/** 1 second, doubling up to 5 minutes, with up to a tenth more. `failures` counts from 1. */
export function backOffMs(failures: number, random01: number): number {
  return Math.round(Math.min(longestWaitMs, firstWaitMs * 2 ** (failures - 1)) * (1 + random01 / 10));
}

/**
 * Attempts it until it succeeds or the signal aborts, with growing pauses. Tells each reason once. Never throws: a fault of
 * Talos is told and ends it. A refused token ends it too: with the session, and for the next one it is attempted anew.
 */
export async function keepTrying(
  attempt: () => Promise<void>,
  { log, pause, random }: KeepTryingPorts,
  signal: AbortSignal,
): Promise<void> {
  let told: string | undefined;
  for (let failures = 1; !signal.aborted; failures += 1) {
    try {
      await attempt();
      if (told !== undefined) log.info(`Discord: that is over: ${told}`);
      return;
    } catch (error) {
      if (signal.aborted || isTokenRefused(error)) return;
      if (!(error instanceof TalosError)) {
        log.error({ error: String(error) }, "Discord: a fault of Talos");
        return;
      }
      const reason = [error.message, error.hint].flatMap((part) => part ?? []).join(" ");
      if (reason !== told) log.warn(reason);
      told = reason;
      const wait = Math.max(backOffMs(failures, random()), (error.retryAfterSeconds ?? 0) * 1000);
      await pause(wait, signal).catch(() => undefined);
    }
  }
}
