import { createHmac } from "node:crypto";
import type { Integration } from "./integration.ts";

interface DerivedToken {
  readonly name: string;
  readonly nonce: string;
  readonly integration: Integration;
}

/**
 * The token of a webhook, which is also the secret that its deliveries are signed with. GitLab takes only a secret of Standard
 * Webhooks for that (`whsec_` and 32 bytes in base64); as it is, that does for its other ways too.
 */
export function deriveToken(key: Buffer, { name, nonce, integration }: DerivedToken): string {
  const bytes = createHmac("sha256", key)
    .update(JSON.stringify(["webhook", name, nonce]))
    .digest();
  return integration === "gitlab" ? `whsec_${bytes.toString("base64")}` : bytes.toString("base64url");
}
