/**
 * What is remembered of deliveries: those that wait to be handled, the oldest first, and, so that none is taken twice, which
 * were here. Both are written in one step.
 */
import * as z from "zod/mini";
import { type Documents, openDocuments } from "../../store/documents.ts";
import type { Store } from "../../store/store.ts";
import { integrations } from "../../tokens/integration.ts";
import { webhookEventSchema } from "../webhook-event.ts";

const deliverySchema = z.object({
  receivedMs: z.number(),
  integration: z.enum(integrations),
  /** The name of the token that let it in. */
  token: z.string(),
  /** The `traceparent` of the request. */
  trace: z.optional(z.string()),
  events: z.array(webhookEventSchema),
  /** How often handling it has failed. */
  failures: z.number(),
  notBeforeMs: z.optional(z.number()),
});
export type Delivery = z.infer<typeof deliverySchema>;

const seenSchema = z.object({ untilMs: z.number() });
type Seen = z.infer<typeof seenSchema>;

export interface Inbox {
  /** By `deliveryKey`. */
  readonly waiting: Documents<Delivery>;
  /** By `seenKeys`. */
  readonly seen: Documents<Seen>;
}

export function openInbox(store: Store): Inbox {
  return {
    waiting: openDocuments(store, "webhook", deliverySchema),
    seen: openDocuments(store, "webhook-seen", seenSchema),
  };
}

/** Keys are in the order of arrival. */
export function deliveryKey(receivedMs: number, id: string): string {
  return `${String(receivedMs).padStart(15, "0")} ${id}`;
}
