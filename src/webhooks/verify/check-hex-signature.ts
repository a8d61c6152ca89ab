import { createHmac, timingSafeEqual } from "node:crypto";

/** Whether `written` (`sha256=` is optional, as GitHub writes it) is the HMAC-SHA256 of one of these texts, in hexadecimal. */
export function isSignedInHex(written: string, secret: string, bodies: readonly Uint8Array[]): boolean {
  const [, digits] = /^(?:sha256=)?([0-9a-f]{64})$/i.exec(written.trim()) ?? [];
  if (digits === undefined) return false;
  const signature = Buffer.from(digits, "hex");
  const matches = bodies.map((body) => timingSafeEqual(signature, createHmac("sha256", secret).update(body).digest()));
  return matches.includes(true);
}
