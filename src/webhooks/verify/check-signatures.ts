import type { Integration } from "../../tokens/integration.ts";
import { formPayload } from "../read/form-payload.ts";
import type { WebhookRequest } from "../webhooks.ts";
import { isSignedInHex } from "./check-hex-signature.ts";
import { isSignedByStandard, standardAgeSeconds, toleranceSeconds } from "./check-standard-signature.ts";

export interface SigningSecret {
  /** Of its token. */
  readonly name: string;
  readonly secret: string;
}

export type SignatureCheck =
  | { readonly kind: "right"; readonly name: string }
  | { readonly kind: "absent" }
  | { readonly kind: "wrong"; readonly text: string };

/** In this order: Gitea and Forgejo send the headers of those they are like too. An empty one is of a webhook without a secret. */
const hexHeaders: Readonly<Record<Integration, readonly string[]>> = {
  github: ["x-hub-signature-256"],
  gitea: ["x-gitea-signature", "x-hub-signature-256"],
  forgejo: ["x-forgejo-signature", "x-gitea-signature", "x-hub-signature-256"],
  gitlab: [],
  registry: [],
};

export function hasSignature(request: WebhookRequest): boolean {
  return findHexSignature(request) !== undefined || hasStandardSignature(request);
}

/** Tries every secret, in the same time whichever it is. */
export function checkSignatures(
  request: WebhookRequest,
  secrets: readonly SigningSecret[],
  nowMs: number,
): SignatureCheck {
  if (hasStandardSignature(request)) return checkStandard(request, secrets, nowMs);
  const written = findHexSignature(request);
  if (written === undefined) return { kind: "absent" };
  // Gitea signs the JSON alone when it sends that in a form.
  const bodies = [request.body, ...(formPayload(request) ?? [])];
  const [right] = secrets.filter(({ secret }) => isSignedInHex(written, secret, bodies));
  return right === undefined ? wrongSecret(request) : { kind: "right", name: right.name };
}

function checkStandard(request: WebhookRequest, secrets: readonly SigningSecret[], nowMs: number): SignatureCheck {
  const [right] = secrets.filter(({ secret }) => isSignedByStandard(request, secret));
  if (right === undefined) return wrongSecret(request);
  const ageSeconds = standardAgeSeconds(request, nowMs);
  if (ageSeconds !== undefined && Math.abs(ageSeconds) <= toleranceSeconds) return { kind: "right", name: right.name };
  const text = `webhook-timestamp is more than ${toleranceSeconds / 60} minutes away from the time here`;
  return { kind: "wrong", text };
}

function hasStandardSignature({ integration, headers }: WebhookRequest): boolean {
  return integration === "gitlab" && headers["webhook-signature"] !== undefined;
}

function findHexSignature({ integration, headers }: WebhookRequest): string | undefined {
  return hexHeaders[integration]
    .map((name) => headers[name])
    .find((written) => written !== undefined && written !== "");
}

function wrongSecret({ integration }: WebhookRequest): SignatureCheck {
  return { kind: "wrong", text: `the signature was made with no token for ${integration}` };
}
