import { createHmac, timingSafeEqual } from "node:crypto";
import type { WebhookRequest } from "../webhooks.ts";

/** Standard Webhooks: how far the clocks of sender and receiver may be apart. */
export const toleranceSeconds = 300;

const secretPrefix = "whsec_";

/**
 * Whether one of the signatures of `webhook-signature` (`v1,<base64>`, separated by spaces) is of this secret (`whsec_` and
 * the key in base64). The age is judged apart, by `standardAgeSeconds`.
 */
export function isSignedByStandard({ headers, body }: WebhookRequest, secret: string): boolean {
  if (!secret.startsWith(secretPrefix)) return false;
  const key = Buffer.from(secret.slice(secretPrefix.length), "base64");
  const expected = createHmac("sha256", key)
    .update(`${headers["webhook-id"]}.${headers["webhook-timestamp"]}.`)
    .update(body)
    .digest();
  const matches = (headers["webhook-signature"] ?? "").split(" ").map((written) => {
    const signature = Buffer.from(/^v1,([A-Za-z0-9+/]{43}=)$/.exec(written)?.[1] ?? "", "base64");
    return signature.length === expected.length && timingSafeEqual(signature, expected);
  });
  return matches.includes(true);
}

/** How old the delivery says it is, below zero when it is from the future; undefined: it does not say. */
export function standardAgeSeconds({ headers }: WebhookRequest, nowMs: number): number | undefined {
  const written = headers["webhook-timestamp"] ?? "";
  return /^\d{1,12}$/.test(written) ? Math.floor(nowMs / 1000) - Number(written) : undefined;
}
