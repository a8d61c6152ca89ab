import type { Wait } from "../delivery.ts";
import type { QueueEntry } from "./queue-entry.ts";
import type { WindowOpening } from "./window-opening.ts";

/**
 * What an entry waits for by itself, whatever else is in the queue: of several holds the one that ends last. undefined:
 * nothing holds it.
 */
export function longestHold(
  entry: QueueEntry,
  nowMs: number,
  cooldownUntilMs: number | undefined,
  opening: WindowOpening,
): Wait | undefined {
  const holds: Wait[] = [];
  if (entry.notBeforeMs !== undefined && entry.notBeforeMs > nowMs)
    holds.push({ kind: "back-off", text: describeFailure(entry), untilMs: entry.notBeforeMs });
  if (cooldownUntilMs !== undefined && cooldownUntilMs > nowMs)
    holds.push({ kind: "cooldown", text: "its branch rests after the last delivery", untilMs: cooldownUntilMs });
  if (!opening.isOpen) {
    const text = `outside its delivery window ${entry.update.window.join("; ")}`;
    holds.push({ kind: "window", text, untilMs: opening.atMs });
  }
  return holds.reduce<Wait | undefined>((longest, hold) => (isLonger(hold, longest) ? hold : longest), undefined);
}

function isLonger({ untilMs = Infinity }: Wait, than: Wait | undefined): boolean {
  return than === undefined || untilMs > (than.untilMs ?? Infinity);
}

function describeFailure({ attempts, lastError }: QueueEntry): string {
  const times = attempts === 1 ? "once" : `${attempts} times`;
  return `failed ${times}${lastError === undefined ? "" : `, at last: ${lastError}`}`;
}
