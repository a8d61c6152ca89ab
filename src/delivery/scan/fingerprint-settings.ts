import { createHash } from "node:crypto";
import type { DeliveryPorts, Source } from "../delivery-ports.ts";

/** What of the configuration changes verdicts, as a short text: another one, and what was decided counts no more. */
export function fingerprintSettings({ settings }: Source, { isWrittenInFull, timeZone }: DeliveryPorts): string {
  const text = JSON.stringify([settings, isWrittenInFull, timeZone]);
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
