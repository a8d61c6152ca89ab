/**
 * Asks the API. Paths are below `api/v1/` of wherever the page is served; what fails is a value with words for a person.
 * An answer of 401 ends the session, except to an attempt to sign in.
 */
import type { Problem } from "../../../http/problem.ts";

export type Asked<T> =
  | { readonly kind: "ok"; readonly value: T }
  | { readonly kind: "failed"; readonly failure: Failure };

export interface Failure extends Pick<Problem, "code" | "title" | "detail" | "hint" | "view"> {
  /** 0: no answer came. */
  readonly status: number;
  /** When it is worth trying again. */
  readonly retryAfterSeconds?: number;
}

export interface Request {
  readonly method?: "GET" | "POST" | "DELETE";
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

export async function ask<T>(path: string, request: Request = {}): Promise<Asked<T>> {
  const response = await send(path, request, "application/json");
  if (!(response instanceof Response)) return { kind: "failed", failure: response };
  if (!response.ok) return { kind: "failed", failure: await readFailure(response) };
  try {
    const value: T = response.status === 204 ? undefined : await response.json();
    return { kind: "ok", value };
  } catch (error) {
    return { kind: "failed", failure: noAnswer(error) };
  }
}

/** The response itself, whatever its status; a failure when there is none. */
export async function send(path: string, request: Request, accept: string): Promise<Response | Failure> {
  const { method = "GET", body, signal } = request;
  try {
    const response = await fetch(apiUrl(path), {
      method,
      credentials: "same-origin",
      headers: { accept, ...(body === undefined ? {} : { "content-type": "application/json" }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
    if (response.status === 401 && path !== "session") onSessionEnd.current();
    return response;
  } catch (error) {
    return noAnswer(error);
  }
}

export function apiUrl(path: string): string {
  return new URL(`api/v1/${path}`, document.baseURI).href;
}

/** Set by the session, which this file cannot import. */
export const onSessionEnd = { current: (): void => undefined };

export async function readFailure(response: Response): Promise<Failure> {
  const wait = Number(response.headers.get("retry-after") ?? Number.NaN);
  const retry = Number.isFinite(wait) ? { retryAfterSeconds: wait } : {};
  const { status } = response;
  try {
    const problem: Problem = await response.json();
    if (typeof problem.title === "string") return { ...problem, status, ...retry };
  } catch {
    // Not of Talos, but of a proxy on the way: its status has to do.
  }
  const title = status >= 500 ? "Talos cannot answer at the moment" : "That did not work";
  return { status, ...retry, code: "http", title, detail: `The answer was ${status} ${response.statusText}.`.trim() };
}

function noAnswer(error: unknown): Failure {
  if (error instanceof DOMException && error.name === "AbortError")
    return { status: 0, code: "cancelled", title: "Cancelled" };
  return {
    status: 0,
    code: "unreachable",
    title: "Talos cannot be reached",
    hint: "It may be restarting, or the network is away. The page tries again by itself.",
  };
}
