import { createHash } from "node:crypto";
import type { WebhookRequest } from "../webhooks.ts";

/**
 * By what a sender names one delivery, the same however often it sends it. GitLab's event UUID is shared by all that one event
 * has caused, so it names nothing.
 */
export function deliveryId(
  { integration, headers }: WebhookRequest,
  json: Readonly<Record<string, unknown>>,
): string | undefined {
  switch (integration) {
    case "gitlab":
      return firstOf(headers, "webhook-id", "idempotency-key");
    case "github":
      return firstOf(headers, "x-github-delivery");
    case "gitea":
      return firstOf(headers, "x-gitea-delivery");
    case "forgejo":
      return firstOf(headers, "x-forgejo-delivery", "x-gitea-delivery");
    case "registry":
      return eventIds(json);
  }
}

function firstOf(headers: WebhookRequest["headers"], ...names: readonly string[]): string | undefined {
  return names.map((name) => headers[name]).find((value) => value !== undefined && value !== "");
}

/** A registry of the distribution project names each event; CloudEvents name themselves. */
function eventIds({ events, specversion, source, id }: Readonly<Record<string, unknown>>): string | undefined {
  if (specversion !== undefined && typeof id === "string") return `${String(source)} ${id}`;
  if (!Array.isArray(events)) return undefined;
  const ids = events.map(idOf);
  if (ids.length === 0 || ids.includes(undefined)) return undefined;
  return createHash("sha256").update(ids.join("\n")).digest("hex");
}

function idOf(event: unknown): string | undefined {
  const id: unknown = typeof event === "object" && event !== null ? Reflect.get(event, "id") : undefined;
  return typeof id === "string" && id !== "" ? id : undefined;
}
