import { type Credentials, formatBasic } from "./credentials.ts";
import { readJson, readText } from "./read-json.ts";
import type { Answer, Ask } from "./transport.ts";

/** Where a registry sends for tokens, as its `WWW-Authenticate` says. */
export interface TokenService {
  readonly realm: URL;
  readonly service: string | undefined;
}

/**
 * Anonymous and with a password: GET with one `scope` each (distribution, "Token Authentication"). With an identity token: POST with a
 * refresh token (distribution, "OAuth2 Token Authentication").
 */
export function formatTokenRequest(service: TokenService, scopes: readonly string[], credentials: Credentials): Ask {
  if (credentials.kind === "refresh-token") {
    const form = new URLSearchParams({
      grant_type: "refresh_token",
      client_id: "talos",
      refresh_token: credentials.token.reveal(),
      scope: scopes.join(" "),
      ...(service.service === undefined ? {} : { service: service.service }),
    });
    const headers = { "content-type": "application/x-www-form-urlencoded", accept: "application/json" };
    return { method: "POST", url: service.realm, headers, body: form.toString() };
  }
  const headers = {
    accept: "application/json",
    ...(credentials.kind === "password"
      ? { authorization: formatBasic(credentials.username, credentials.password) }
      : {}),
  };
  return { method: "GET", url: formatTokenAddress(service, scopes), headers };
}

export function formatTokenAddress(service: TokenService, scopes: readonly string[]): URL {
  const url = new URL(service.realm);
  if (service.service !== undefined) url.searchParams.set("service", service.service);
  for (const scope of scopes) url.searchParams.append("scope", scope);
  return url;
}

export type TokenAnswer =
  | { readonly kind: "token"; readonly token: string; readonly lifeSeconds: number }
  | { readonly kind: "bad"; readonly what: string };

/** The specification's life for a token whose answer does not say. */
const defaultLifeSeconds = 60;

export function parseTokenAnswer(answer: Answer): TokenAnswer {
  const json = readJson(answer);
  if (json.kind === "bad") return json;
  const token = readText(json.value, "token") ?? readText(json.value, "access_token");
  // What is no token text must not become a header.
  if (token === undefined || !/^[\x21-\x7e]+$/.test(token)) return { kind: "bad", what: "answered without a token" };
  const life = json.value["expires_in"];
  return { kind: "token", token, lifeSeconds: typeof life === "number" && life > 0 ? life : defaultLifeSeconds };
}
