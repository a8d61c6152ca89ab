import type { RedisEndpoint } from "../config/redis-endpoint.ts";
import { TalosError } from "../talos-error.ts";

interface Explanation {
  readonly reason: string;
  readonly hint?: string;
  /** Nothing but another setting helps. */
  readonly isLasting?: boolean;
}

/**
 * `store-unreachable`, in one line; retryable unless the settings are at fault. What the client or Redis says is not kept as the cause, and the password is taken out
 * of it: both can repeat what was sent.
 */
export function redisFailure(endpoint: RedisEndpoint, error: unknown): TalosError {
  const { reason, hint, isLasting = false } = explain(endpoint, error);
  const message = `Redis at ${formatRedisAddress(endpoint)} cannot be used: ${reason}.`;
  return new TalosError("store-unreachable", message, { retryable: !isLasting, ...(hint !== undefined && { hint }) });
}

export function formatRedisAddress({ host, port }: RedisEndpoint): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

function explain(endpoint: RedisEndpoint, error: unknown): Explanation {
  const text = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const certificate = /CERT|SIGNATURE|ISSUER|ALTNAME/.test(code);
  if (code === "ECONNREFUSED") return { reason: "nothing listens there", hint: "Start Redis, or correct the port." };
  if (code === "ENOTFOUND") return { reason: "no machine has that name", hint: "Correct the host name." };
  if (code === "ETIMEDOUT") {
    return {
      reason: "it does not answer",
      ...(endpoint.tls && { hint: "If it does not speak TLS, remove ssl=true." }),
    };
  }
  if (certificate) {
    const hint = "Give its authority in NODE_EXTRA_CA_CERTS, and use the name the certificate is for.";
    return { reason: `its certificate is not trusted (${code})`, hint, isLasting: true };
  }
  if (code === "EPROTO" || code.startsWith("ERR_SSL"))
    return { reason: "it does not speak TLS", hint: "Remove ssl=true.", isLasting: true };
  if (/^(?:WRONGPASS|ERR invalid password)/.test(text)) {
    const hint = "Correct it in RedisSettings.Endpoint.";
    return { reason: "the user name or password is wrong", hint, isLasting: true };
  }
  if (text.startsWith("NOAUTH"))
    return { reason: "it wants a password", hint: "Add it to RedisSettings.Endpoint.", isLasting: true };
  if (text.startsWith("ERR DB index"))
    return {
      reason: scrub(endpoint, text),
      hint: "Correct defaultDatabase in RedisSettings.Endpoint.",
      isLasting: true,
    };
  if (text === "Connection is closed." || text.startsWith("Protocol error") || code === "ECONNRESET") {
    return {
      reason: "it does not answer as Redis does",
      ...(!endpoint.tls && { hint: "If it wants TLS, set ssl=true." }),
    };
  }
  return { reason: scrub(endpoint, text || code) };
}

function scrub(endpoint: RedisEndpoint, text: string): string {
  const password = endpoint.password?.reveal();
  const line = text.replaceAll(/\s+/g, " ").replace(/\.$/, "");
  return password === undefined ? line : line.replaceAll(password, "[secret]");
}
