import type { Store } from "../../store/store.ts";
import type { WebhookEvent } from "../webhook-event.ts";
import type { AdmittedRequest } from "../webhooks.ts";
import { type Delivery, deliveryKey, type Inbox } from "./inbox.ts";
import { type SeenKey, seenKeys } from "./seen-keys.ts";

export interface ReceivePorts {
  readonly store: Store;
  readonly inbox: Inbox;
  readonly now: () => number;
  readonly newId: () => string;
}

export interface ReadDelivery {
  readonly deliveryId: string | undefined;
  readonly events: readonly WebhookEvent[];
  readonly trace: string | undefined;
}

const mostTries = 10;

/** Writes it down, unless it was here before. */
export async function receiveDelivery(
  request: AdmittedRequest,
  { deliveryId, events, trace }: ReadDelivery,
  { store, inbox, now, newId }: ReceivePorts,
): Promise<"stored" | "repeated"> {
  const receivedMs = now();
  const delivery: Delivery = {
    receivedMs,
    integration: request.integration,
    token: request.token,
    ...(trace === undefined ? {} : { trace }),
    events: [...events],
    failures: 0,
  };
  const putDelivery = inbox.waiting.put(deliveryKey(receivedMs, newId()), delivery, 0);
  const keys = seenKeys(request, deliveryId);
  for (let tries = 0; tries < mostTries; tries += 1) {
    const seen = await Promise.all(keys.map((key) => lookUp(key, inbox, receivedMs)));
    if (seen.some(({ isSeen }) => isSeen)) return "repeated";
    const putSeen = seen.map(({ key, version }) =>
      inbox.seen.put(key.key, { untilMs: receivedMs + key.forMs }, version),
    );
    // Refused when the same one came at the same time, which is then seen, or when what was over was being forgotten.
    if ((await store.write([...putSeen, putDelivery])) === "written") return "stored";
  }
  throw new Error("a delivery could not be written down: what is known of it changes all the time");
}

async function lookUp(key: SeenKey, { seen }: Inbox, nowMs: number) {
  const kept = await seen.get(key.key);
  return { key, version: kept?.version ?? 0, isSeen: kept !== undefined && kept.value.untilMs > nowMs };
}
