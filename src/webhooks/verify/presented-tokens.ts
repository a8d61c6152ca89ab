import type { WebhookRequest } from "../webhooks.ts";

/**
 * The tokens that a delivery itself carries. Quay can only send a name and password (in its URL), and Docker Hub only a URL, so a
 * registry may also present its token as the password or as `?token=`.
 */
export function presentedTokens(
  { integration, headers }: WebhookRequest,
  queryToken: string | undefined,
): readonly string[] {
  const [, scheme = "", credentials = ""] = /^([!-~]+) +([!-~]+)$/.exec(headers.authorization?.trim() ?? "") ?? [];
  const found = [
    scheme.toLowerCase() === "bearer" ? credentials : undefined,
    integration === "registry" && scheme.toLowerCase() === "basic" ? passwordOf(credentials) : undefined,
    integration === "registry" ? queryToken : undefined,
    integration === "gitlab" ? headers["x-gitlab-token"] : undefined,
  ];
  return [...new Set(found.filter((token) => token !== undefined && token !== ""))].flatMap((token) => token ?? []);
}

function passwordOf(credentials: string): string {
  const text = Buffer.from(credentials, "base64").toString();
  return text.slice(text.indexOf(":") + 1);
}
