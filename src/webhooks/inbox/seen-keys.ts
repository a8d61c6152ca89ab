import { createHash } from "node:crypto";
import type { Integration } from "../../tokens/integration.ts";
import type { WebhookRequest } from "../webhooks.ts";

export interface SeenKey {
  readonly key: string;
  /** For how long a second one is a repetition. */
  readonly forMs: number;
}

/** Forges let people send a delivery of the last days again. */
const knownMs = 7 * 86_400_000;
/** What bears no id may be the same text for two things that happened; this is about what a sender tries again. */
const namelessMs = 60_000;

/** Their signatures do not cover the delivery's id, and no two of their deliveries are the same text. */
const signsBodyAlone: readonly Integration[] = ["github", "gitea", "forgejo"];

/** By what a delivery is known again: any one of these is enough. */
export function seenKeys({ integration, body }: WebhookRequest, deliveryId: string | undefined): readonly SeenKey[] {
  const byId = deliveryId === undefined ? [] : [{ key: hashOf(`${integration} id `, deliveryId), forMs: knownMs }];
  const isUnique = signsBodyAlone.includes(integration);
  if (deliveryId !== undefined && !isUnique) return byId;
  return [...byId, { key: hashOf(`${integration} body `, body), forMs: isUnique ? knownMs : namelessMs }];
}

function hashOf(before: string, content: string | Uint8Array): string {
  return createHash("sha256").update(before).update(content).digest("hex");
}
