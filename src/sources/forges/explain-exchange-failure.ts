import { TalosError } from "../../talos-error.ts";
import type { Exchange } from "./send-request.ts";

type Failed = Extract<Exchange, { readonly kind: "failed" }>;

/** What a network did to a request. `failing` begins the sentence: `pull request 7 of a/b was not closed`. */
export function explainExchangeFailure(
  { reason, cause }: Failed,
  {
    failing,
    host,
    deadlineSeconds,
  }: { readonly failing: string; readonly host: string; readonly deadlineSeconds: number },
): TalosError {
  const explain = (why: string, facts: { readonly hint?: string; readonly retryable: boolean }): TalosError =>
    new TalosError("forge-failed", `${failing}: ${why}`, { ...facts, cause });
  if (reason === "timeout") return explain(`${host} did not answer within ${deadlineSeconds} s`, { retryable: true });
  if (reason === "too-large") return explain(`${host} sent more than 8 MiB`, { retryable: false });
  const code = findCode(cause);
  if (/CERT|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|SELF_SIGNED|HOSTNAME_MISMATCH/.test(code))
    return explain(`the certificate of ${host} is not trusted (${code})`, {
      hint: "trust the authority that signed it (NODE_EXTRA_CA_CERTS), or renew it",
      retryable: false,
    });
  if (code === "ERR_INVALID_CHAR")
    return explain(`the token for ${host} has characters that no token has`, {
      hint: "copy it again, without line breaks",
      retryable: false,
    });
  return explain(`${host} cannot be reached (${code})`, {
    hint: "check the network, and the URL of the repository or the ApiUrl of its host",
    retryable: true,
  });
}

/** The first code on the way down the causes; an AggregateError stands for its first attempt. */
function findCode(cause: unknown): string {
  if (!(cause instanceof Error)) return "unknown";
  if ("code" in cause && typeof cause.code === "string" && cause.code !== "") return cause.code;
  return findCode(cause instanceof AggregateError ? cause.errors[0] : cause.cause);
}
