import { readFileSync } from "node:fs";
import { getCACertificates } from "node:tls";
import type * as z from "zod/mini";
import { TalosError } from "../../talos-error.ts";
import type { Secret } from "../../telemetry/secret.ts";
import { explainExchangeFailure } from "./explain-exchange-failure.ts";
import { explainRefusal } from "./explain-refusal.ts";
import type { ForgeAddress, ForgeWithApi } from "./forge-address.ts";
import { parseJson } from "./parse-json.ts";
import { readComplaint } from "./read-complaint.ts";
import { type ForgeAnswer, type ForgeRequest, sendRequest } from "./send-request.ts";

export interface ForgeClientOptions {
  readonly type: ForgeWithApi;
  readonly address: ForgeAddress;
  readonly token: Secret;
  readonly deadlineSeconds: number;
  /** Certificates of authorities to trust besides those that Node trusts. */
  readonly caFile: string | undefined;
}

interface ForgeCall<T> {
  readonly method: ForgeRequest["method"];
  /** Below the root of the API; each part is encoded as a whole. */
  readonly path: readonly string[];
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, string | boolean>>;
  readonly schema: z.ZodMiniType<T>;
  /** Begins the message when it fails: `pull request 7 of a/b was not closed`. */
  readonly failing: string;
  readonly signal: AbortSignal | undefined;
}

export type Attempt<T> =
  | { readonly kind: "done"; readonly value: T; readonly hasNextPage: boolean }
  | { readonly kind: "refused"; readonly status: number; readonly error: TalosError };

export interface ForgeClient {
  /** A refusal is a value, for whom it may be good news. Throws where there was no answer that can be understood. */
  attempt<T>(call: ForgeCall<T>): Promise<Attempt<T>>;
  call<T>(call: ForgeCall<T>): Promise<Extract<Attempt<T>, { readonly kind: "done" }>>;
}

/** Speaks with one host, since every address is made from that of its API and no redirect is followed. */
export function createForgeClient(options: ForgeClientOptions): ForgeClient {
  const { type, address, deadlineSeconds } = options;
  const { host } = address;
  const readAuthorities = createAuthorities(options);

  const attempt: ForgeClient["attempt"] = async (call) => {
    const token = options.token.reveal().trim();
    const exchange = await sendRequest({
      method: call.method,
      url: formatUrl(address.root, call),
      headers: formatHeaders(type, token, call.body !== undefined),
      body: call.body === undefined ? undefined : JSON.stringify(call.body),
      authorities: readAuthorities(call.failing),
      deadlineSeconds,
      signal: call.signal,
    });
    if (exchange.kind === "failed")
      throw explainExchangeFailure(exchange, { failing: call.failing, host, deadlineSeconds });
    const { answer } = exchange;
    if (answer.status >= 200 && answer.status < 300) return parseAnswer(answer, call, host);
    const complaint = readComplaint(answer.text, token);
    const repository = address.repository.join("/");
    const refusal = { type, host, repository, failing: call.failing, answer, complaint, nowMs: Date.now() };
    return { kind: "refused", status: answer.status, error: explainRefusal(refusal) };
  };
  return {
    attempt,
    call: async (call) => {
      const outcome = await attempt(call);
      if (outcome.kind === "refused") throw outcome.error;
      return outcome;
    },
  };
}

function createAuthorities({ caFile }: ForgeClientOptions): (failing: string) => readonly string[] | undefined {
  let known: readonly string[] | undefined;
  return (failing) => {
    if (caFile === undefined || known !== undefined) return known;
    try {
      known = [...getCACertificates("default"), readFileSync(caFile, "utf8")];
    } catch (cause) {
      throw new TalosError("forge-failed", `${failing}: the certificates in ${caFile} cannot be read`, {
        hint: "check the path and who may read it",
        cause,
      });
    }
    return known;
  };
}

function formatUrl(root: string, { path, query }: Pick<ForgeCall<unknown>, "path" | "query">): URL {
  const url = new URL(`${root}/${path.map(encodeURIComponent).join("/")}`);
  for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, value);
  return url;
}

function formatHeaders(type: ForgeWithApi, token: string, hasBody: boolean): Readonly<Record<string, string>> {
  return {
    accept: type === "GitHub" ? "application/vnd.github+json" : "application/json",
    // GitHub answers nobody who does not say who asks.
    "user-agent": "talos",
    authorization: type === "GitLab" || type === "GitHub" ? `Bearer ${token}` : `token ${token}`,
    ...(type === "GitHub" ? { "x-github-api-version": "2022-11-28" } : {}),
    ...(hasBody ? { "content-type": "application/json" } : {}),
  };
}

function parseAnswer<T>(answer: ForgeAnswer, { schema, failing }: ForgeCall<T>, host: string): Attempt<T> {
  const parsed = schema.safeParse(parseJson(answer.text));
  if (parsed.success) {
    const hasNextPage = /\brel="?next\b/.test(answer.header("link") ?? "");
    return { kind: "done", value: parsed.data, hasNextPage };
  }
  const form = /^\s*</.test(answer.text) ? "a web page (HTML)" : answer.text === "" ? "nothing" : "something else";
  throw new TalosError(
    "forge-failed",
    `${failing}: ${host} answered ${answer.status} with ${form} where its API would tell about requests`,
    { hint: "check the Type and the ApiUrl of the host, and that no proxy or login page answers in its place" },
  );
}
