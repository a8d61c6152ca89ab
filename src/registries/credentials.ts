import type { Secret } from "../telemetry/secret.ts";
import { readDockerCredentials } from "./docker-config.ts";
import type { DomainSettings } from "./domain-settings.ts";

/** `note` tells a person why there may be less than expected; `account` names whose they are, never the secret. */
export type Credentials =
  | { readonly kind: "none"; readonly note?: string }
  | { readonly kind: "password"; readonly username: string; readonly password: Secret; readonly account: string }
  | { readonly kind: "refresh-token"; readonly token: Secret; readonly account: string };

/** The configuration's, then those Docker keeps for the host that is really asked: a mirror never gets the registry's. */
export async function findCredentials(
  settings: DomainSettings,
  host: string,
  dockerConfigPath: string,
  signal: AbortSignal,
): Promise<Credentials> {
  const { username, password } = settings;
  if (username !== undefined && password !== undefined)
    return { kind: "password", username, password, account: `${username} (of the configuration)` };
  if (username !== undefined || password !== undefined)
    return { kind: "none", note: "of Username and Password only one is configured, so neither is used" };
  return readDockerCredentials(dockerConfigPath, host, signal);
}

export function formatBasic(username: string, password: Secret): string {
  return `Basic ${Buffer.from(`${username}:${password.reveal()}`).toString("base64")}`;
}
