import { isInsideWindow, nextOpening } from "../../policy/delivery-window.ts";
import { parseDeliveryWindow } from "../../policy/parse-delivery-window.ts";

/** Whether delivery windows are open, and if not, when they open next; undefined: never. */
export type WindowOpening = { readonly isOpen: true } | { readonly isOpen: false; readonly atMs: number | undefined };

/**
 * Tells it of delivery windows as written, for one moment; the same windows are worked out once. A text that is no window
 * counts as none: it was complained about where it stands.
 */
export function windowOpenings(nowMs: number, timeZone: string): (texts: readonly string[]) => WindowOpening {
  const known = new Map<string, WindowOpening>();
  return (texts) => {
    const key = texts.join(";");
    const opening = known.get(key) ?? findOpening(texts, nowMs, timeZone);
    known.set(key, opening);
    return opening;
  };
}

function findOpening(texts: readonly string[], nowMs: number, timeZone: string): WindowOpening {
  const windows = texts.flatMap((text) => {
    const reading = parseDeliveryWindow(text);
    return reading.kind === "windows" ? reading.windows : [];
  });
  if (isInsideWindow(windows, nowMs, timeZone)) return { isOpen: true };
  return { isOpen: false, atMs: nextOpening(windows, nowMs, timeZone) };
}
