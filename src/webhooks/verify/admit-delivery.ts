import type { Tokens } from "../../tokens/tokens.ts";
import type { WebhookRequest } from "../webhooks.ts";
import { checkSignatures, hasSignature } from "./check-signatures.ts";
import { presentedTokens } from "./presented-tokens.ts";

export type Admission =
  /** `token`: the name of the one that let it in. */
  | { readonly kind: "admitted"; readonly token: string }
  /** Nothing was presented, or nothing that is right. */
  | { readonly kind: "missing" | "wrong"; readonly text: string };

interface AdmissionPorts {
  readonly tokens: Pick<Tokens, "find" | "signingSecrets" | "noteUse">;
  readonly nowMs: number;
  readonly queryToken?: string | undefined;
}

/** Lets a delivery in by a token of its integration that it presents, or that it is signed with. */
export async function admitDelivery(
  request: WebhookRequest,
  { tokens, nowMs, queryToken }: AdmissionPorts,
): Promise<Admission> {
  const { integration } = request;
  const presented = presentedTokens(request, queryToken);
  for (const token of presented) {
    const record = await tokens.find(token);
    if (record?.use.kind === "webhook" && record.use.integration === integration)
      return { kind: "admitted", token: record.name };
  }
  if (!hasSignature(request)) {
    if (presented.length > 0) return { kind: "wrong", text: `this is no token for ${integration}` };
    return { kind: "missing", text: `a delivery needs a token for ${integration}, or a signature made with one` };
  }
  const secrets = await tokens.signingSecrets(integration);
  const check = checkSignatures(
    request,
    secrets.map(({ record, secret }) => ({ name: record.name, secret })),
    nowMs,
  );
  if (check.kind !== "right") return { kind: "wrong", text: check.kind === "wrong" ? check.text : "" };
  await tokens.noteUse(check.name);
  return { kind: "admitted", token: check.name };
}
