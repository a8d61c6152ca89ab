import { describeDomainSetting } from "./failures.ts";
import type { LookupFailure } from "./registry.ts";
import type { Sent } from "./transport.ts";

type Failed = Extract<Sent, { kind: "failed" }>;

/** Whom a request was for: a registry, or another host that a registry sent us to. */
export interface Addressee {
  readonly domain: string;
  /** `ghcr.io`, `the token service auth.docker.io of docker.io` */
  readonly name: string;
  readonly origin: string;
  readonly timeoutSeconds: number;
}

export function explainNetworkFailure(failed: Failed, to: Addressee): LookupFailure {
  if (failed.reason === "too-large")
    return { kind: "bad-answer", text: `${to.name} sent an answer of more than 8 MiB`, hint: undefined };
  if (failed.reason === "timeout")
    return unreachable(
      `${to.name} did not answer within ${to.timeoutSeconds} s`,
      "check the network, or try again later",
    );
  return explainCode(findCode(failed.cause), failed.cause, to);
}

/** What repeating cannot mend: the name, the certificate, the protocol, the configuration. */
export function isLasting(failed: Failed): boolean {
  if (failed.reason !== "network") return failed.reason === "too-large";
  const code = findCode(failed.cause);
  return code === "ENOTFOUND" || isCertificateCode(code) || isProtocolCode(code) || isFileProblem(failed.cause);
}

function explainCode(code: string, cause: unknown, to: Addressee): LookupFailure {
  if (isFileProblem(cause))
    return unreachable(
      `the certificates for ${to.name} cannot be read: ${describeCause(cause)}`,
      `check ${describeDomainSetting(to.domain, "CaFile")}`,
    );
  if (code === "ENOTFOUND" || code === "EAI_AGAIN")
    return unreachable(
      `the name of ${to.name} (${to.origin}) cannot be resolved`,
      "check the spelling and the network's DNS",
    );
  if (code === "ECONNREFUSED")
    return unreachable(`${to.name} refuses the connection to ${to.origin}`, "check that the registry runs there");
  if (isCertificateCode(code)) return explainCertificate(code, to);
  if (isProtocolCode(code))
    return unreachable(
      `${to.name} does not speak what ${to.origin} promises (HTTP and HTTPS mixed up?)`,
      `configure ${describeDomainSetting(to.domain, "Endpoint")} with http:// or https://, or ${describeDomainSetting(to.domain, "Insecure")}`,
    );
  if (code === "ETIMEDOUT" || code === "EHOSTUNREACH" || code === "ENETUNREACH")
    return unreachable(`${to.name} cannot be reached at ${to.origin} (${code})`, "check the network");
  return unreachable(`${to.name} closed the connection before it had answered (${code})`, "try again later");
}

function explainCertificate(code: string, to: Addressee): LookupFailure {
  if (code === "CERT_HAS_EXPIRED" || code === "CERT_NOT_YET_VALID")
    return unreachable(
      `the certificate of ${to.name} is out of date (${code})`,
      "renew it, and check this machine's clock",
    );
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID")
    return unreachable(`the certificate of ${to.name} is for another name than ${to.origin}`, "use the name it is for");
  return unreachable(
    `the certificate of ${to.name} is signed by nobody this machine trusts (${code})`,
    `configure ${describeDomainSetting(to.domain, "CaFile")} with the certificate of its authority`,
  );
}

function unreachable(text: string, hint: string): LookupFailure {
  return { kind: "unreachable", text, hint };
}

function isCertificateCode(code: string): boolean {
  return /CERT|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|SELF_SIGNED|INVALID_CA|HOSTNAME_MISMATCH/.test(code);
}

function isProtocolCode(code: string): boolean {
  return (
    code === "EPROTO" ||
    code.startsWith("HPE_") ||
    /^ERR_SSL_(?:WRONG_VERSION|PACKET_LENGTH|HTTP|TLSV1_ALERT_NO_APP)/.test(code)
  );
}

function isFileProblem(cause: unknown): boolean {
  return (
    cause instanceof Error &&
    "syscall" in cause &&
    (cause.syscall === "open" || cause.syscall === "read") &&
    "path" in cause
  );
}

/** The first code on the way down the causes; an AggregateError stands for its first attempt. */
function findCode(cause: unknown): string {
  if (!(cause instanceof Error)) return "unknown";
  if ("code" in cause && typeof cause.code === "string") return cause.code;
  return findCode(cause instanceof AggregateError ? cause.errors[0] : cause.cause);
}

function describeCause(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
