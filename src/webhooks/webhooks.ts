/**
 * What comes from forges and registries. The surface (`http/webhooks`) checks who sends (`verify/admit-delivery.ts`); a delivery is
 * read (`read/read-webhook.ts`, pure), written to the store before it is answered, and handled once by the job `webhooks`, whatever
 * is repeated or out of order, and by whichever replica comes first. A pipeline is told when it is of a commit of ours; a push
 * makes its source be scanned; a pushed image is looked up for every reference that uses it.
 */
import type { Integration } from "../tokens/integration.ts";
import type { WebhookEvent } from "./webhook-event.ts";

/** Header names are in lower case. */
export interface WebhookRequest {
  readonly integration: Integration;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The bytes that were signed. */
  readonly body: Uint8Array;
}

/** The name of the token that let it in. */
export interface AdmittedRequest extends WebhookRequest {
  readonly token: string;
}

export type WebhookReading =
  | { readonly kind: "events"; readonly deliveryId: string | undefined; readonly events: readonly WebhookEvent[] }
  /** Nothing of it concerns Talos; `text` says why. */
  | { readonly kind: "ignored"; readonly text: string }
  | { readonly kind: "malformed"; readonly text: string };

export interface Webhooks {
  /**
   * Resolves when it is stored. `repeated`: it was here before, by its delivery id. `full`: too many wait to be handled; it was
   * not taken.
   */
  receive(
    request: AdmittedRequest,
  ): Promise<
    | { readonly kind: "stored" | "repeated" | "full" }
    | { readonly kind: "ignored" | "malformed"; readonly text: string }
  >;
}
