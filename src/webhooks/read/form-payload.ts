import type { WebhookRequest } from "../webhooks.ts";

/**
 * The JSON of a delivery that comes as a form (`payload=…`), as GitHub and Gitea can be told to send it; undefined: it is no
 * form. Empty: a form without it.
 */
export function formPayload({ headers, body }: WebhookRequest): readonly Uint8Array[] | undefined {
  const [type = ""] = (headers["content-type"] ?? "").split(";");
  if (type.trim().toLowerCase() !== "application/x-www-form-urlencoded") return undefined;
  const payload = new URLSearchParams(Buffer.from(body).toString("latin1")).get("payload");
  return payload === null ? [] : [Buffer.from(payload)];
}
