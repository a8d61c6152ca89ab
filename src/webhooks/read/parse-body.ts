import type { WebhookRequest } from "../webhooks.ts";
import { formPayload } from "./form-payload.ts";

export type BodyReading =
  | { readonly kind: "object"; readonly value: Readonly<Record<string, unknown>> }
  | { readonly kind: "malformed"; readonly text: string };

/** Whatever its content type says, but for a form. */
export function parseBody(request: WebhookRequest): BodyReading {
  const [bytes] = formPayload(request) ?? [request.body];
  if (bytes === undefined) return malformed("the form has no field `payload`");
  if (bytes.length === 0) return malformed("the body is empty");
  const text = decode(bytes);
  if (text === undefined) return malformed("the body is not UTF-8");
  const value = parseJson(text);
  if (value === undefined) return malformed("the body is not JSON");
  return isRecord(value) ? { kind: "object", value } : malformed("the body is not a JSON object");
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function malformed(text: string): BodyReading {
  return { kind: "malformed", text };
}
