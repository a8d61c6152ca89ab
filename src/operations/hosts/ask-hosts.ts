import { setTimeout } from "node:timers/promises";
import type { Host } from "../../hosts/hosts.ts";
import { formatDuration } from "../../policy/duration.ts";
import { TalosError } from "../../talos-error.ts";

export type HostAnswer<Value> =
  | { readonly kind: "answered"; readonly host: Host; readonly value: Value }
  | { readonly kind: "failed"; readonly host: Host; readonly error: TalosError };

type Ask<Value> = (host: Host, signal: AbortSignal) => Promise<Value>;

const patienceSeconds = 10;

/** Asks all of them side by side. One that fails, or does not answer in time, costs the others nothing. */
export function askHosts<Value>(
  hosts: readonly Host[],
  signal: AbortSignal,
  ask: Ask<Value>,
  seconds = patienceSeconds,
): Promise<readonly HostAnswer<Value>[]> {
  return Promise.all(
    hosts.map(async (host): Promise<HostAnswer<Value>> => {
      try {
        return { kind: "answered", host, value: await askInTime(host, signal, ask, seconds) };
      } catch (error) {
        if (signal.aborted || !(error instanceof TalosError)) throw error;
        return { kind: "failed", host, error };
      }
    }),
  );
}

/** Not waited for any longer even where it does not listen to the signal. */
async function askInTime<Value>(host: Host, signal: AbortSignal, ask: Ask<Value>, seconds: number): Promise<Value> {
  const over = new AbortController();
  const waiting = AbortSignal.any([signal, over.signal]);
  const late = setTimeout(seconds * 1000, undefined, { signal: waiting, ref: false }).then((): never => {
    const text = `${host.name} did not answer within ${formatDuration(seconds)}`;
    throw new TalosError("timed-out", text, { retryable: true });
  });
  try {
    return await Promise.race([ask(host, waiting), late]);
  } finally {
    over.abort();
  }
}
