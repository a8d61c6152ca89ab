import type { Redis } from "ioredis";
import { TalosError } from "../talos-error.ts";

/** Tells once that Redis cannot be reached, however often that is tried, and again only after it was there. */
export function watchOutages(client: Redis, onOutage: (error: TalosError) => void): void {
  let away = false;
  client.on("ready", () => {
    away = false;
  });
  client.on("error", (cause: unknown) => {
    if (!away) onOutage(outageError(client, cause));
    away = true;
  });
}

export function outageError(client: Redis, cause: unknown): TalosError {
  const place = client.options.path ?? `${client.options.host}:${client.options.port}`;
  const reason = cause instanceof Error ? cause.message || cause.name : String(cause);
  return new TalosError("store-unreachable", `The jobs cannot reach Redis at ${place}: ${reason}`, {
    hint: "Jobs wait until it is back.",
    retryable: true,
    cause,
  });
}

/** What BullMQ says of each command and connection while Redis is away, which has been told already. */
export function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error ? error.code : undefined;
  return (typeof code === "string" && /^E[A-Z]+$/.test(code)) || error.message === "Connection is closed.";
}
