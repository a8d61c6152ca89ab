import type { WebhookEvent } from "../webhook-event.ts";

/** What the text of a delivery says. */
export type Content =
  | { readonly kind: "events"; readonly events: readonly WebhookEvent[] }
  | { readonly kind: "ignored" | "malformed"; readonly text: string };

export function events(...found: readonly WebhookEvent[]): Content {
  return { kind: "events", events: found };
}

export function ignored(text: string): Content {
  return { kind: "ignored", text };
}

export function malformed(text: string): Content {
  return { kind: "malformed", text };
}

/** A word of the sender's in a text of ours. */
export function quoted(word: string): string {
  return JSON.stringify(word.length > 60 ? `${word.slice(0, 60)}…` : word);
}
