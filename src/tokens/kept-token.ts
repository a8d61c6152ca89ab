import { createHash, timingSafeEqual } from "node:crypto";
import * as z from "zod/mini";
import { accessLevels } from "../config/access.ts";
import { deriveToken } from "./derive-token.ts";
import { type Integration, integrations } from "./integration.ts";
import type { TokenRecord } from "./tokens.ts";

const common = {
  /** SHA-256, in base64. */
  hash: z.string(),
  createdMs: z.number(),
  createdBy: z.string(),
  expiresMs: z.optional(z.number()),
  lastUsedMs: z.optional(z.number()),
};

/** What the store holds of a token. */
export const keptTokenSchema = z.object({
  ...common,
  use: z.discriminatedUnion("kind", [
    /** The token is derived from the key and the nonce. */
    z.object({ kind: z.literal("webhook"), integration: z.enum(integrations), nonce: z.string() }),
    z.object({ kind: z.literal("api"), access: z.enum(accessLevels) }),
  ]),
});
export type KeptToken = z.infer<typeof keptTokenSchema>;

export function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("base64");
}

/** Takes the same time whatever the hash is. */
export function isHashOf({ hash }: KeptToken, presented: string): boolean {
  const [kept, other] = [Buffer.from(hash), Buffer.from(presented)];
  return kept.length === other.length && timingSafeEqual(kept, other);
}

export function isValid({ expiresMs }: KeptToken, nowMs: number): boolean {
  return expiresMs === undefined || expiresMs > nowMs;
}

/** The token of a webhook of that integration; undefined: it is of something else, or of another key. */
export function secretOf(
  name: string,
  kept: KeptToken,
  integration: Integration,
  key: Buffer | undefined,
): string | undefined {
  const { use } = kept;
  if (key === undefined || use.kind !== "webhook" || use.integration !== integration) return undefined;
  const secret = deriveToken(key, { name, nonce: use.nonce, integration });
  return isHashOf(kept, hashOf(secret)) ? secret : undefined;
}

export function recordOf(name: string, { use, createdMs, createdBy, expiresMs, lastUsedMs }: KeptToken): TokenRecord {
  const record = { name, createdMs, createdBy, expiresMs, lastUsedMs };
  if (use.kind === "api") return { ...record, use };
  return { ...record, use: { kind: "webhook", integration: use.integration } };
}

/** Of a webhook: the key of this Talos does not give its token again. */
export function isOfOtherKey(name: string, kept: KeptToken, key: Buffer | undefined): boolean {
  return kept.use.kind === "webhook" && secretOf(name, kept, kept.use.integration, key) === undefined;
}
