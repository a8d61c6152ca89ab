/** Who is signed in. The token itself is never kept: the server answers it with a cookie that scripts cannot read. */
import { computed, signal } from "@preact/signals";
import type { Access } from "../../../config/access.ts";
import type { Session } from "../../../http/api/api-schemas.ts";
import { ask, type Failure, onSessionEnd } from "./ask.ts";

type SessionState =
  | { readonly kind: "loading" }
  | { readonly kind: "signed-in"; readonly who: Session }
  | { readonly kind: "signed-out"; readonly because?: "ended" | "signed-out"; readonly failure?: Failure }
  | { readonly kind: "unreachable"; readonly failure: Failure };

const state = signal<SessionState>({ kind: "loading" });
export const session = computed(() => state.value);

const levels: readonly Access[] = ["read", "operate", "admin"];

/** Whether who is signed in may do what needs this access. */
export function hasAccess(wanted: Access): boolean {
  const current = state.value;
  return current.kind === "signed-in" && levels.indexOf(current.who.access) >= levels.indexOf(wanted);
}

/** Takes the token of a sign-in link, or finds out whether a cookie is there. */
export async function beginSession(): Promise<void> {
  const token = takeTokenFromAddress();
  if (token !== undefined) return await signIn(token);
  const asked = await ask<Session>("session");
  if (asked.kind === "ok") state.value = { kind: "signed-in", who: asked.value };
  else if (asked.failure.status === 401) state.value = { kind: "signed-out" };
  else if (asked.failure.status === 403) state.value = { kind: "signed-out", failure: asked.failure };
  else state.value = { kind: "unreachable", failure: asked.failure };
}

export async function signIn(token: string): Promise<void> {
  const asked = await ask<Session>("session", { method: "POST", body: { token } });
  state.value =
    asked.kind === "ok" ? { kind: "signed-in", who: asked.value } : { kind: "signed-out", failure: asked.failure };
}

export async function signOut(): Promise<Failure | undefined> {
  const asked = await ask<void>("session", { method: "DELETE" });
  if (asked.kind === "failed" && asked.failure.status !== 401) return asked.failure;
  state.value = { kind: "signed-out", because: "signed-out" };
  return undefined;
}

/** Ends the session here if the server has ended it. */
export async function checkSession(): Promise<void> {
  const asked = await ask<Session>("session");
  if (asked.kind === "ok") state.value = { kind: "signed-in", who: asked.value };
  else if (asked.failure.status === 401) onSessionEnd.current();
}

onSessionEnd.current = () => {
  if (state.value.kind === "signed-in") state.value = { kind: "signed-out", because: "ended" };
};

/** Whether the address is a sign-in link. */
export function hasToken(): boolean {
  return location.hash.startsWith("#token=");
}

/** From `#token=…`, once: it is removed from the address and from the browser's history of it. */
function takeTokenFromAddress(): string | undefined {
  const token = new URLSearchParams(location.hash.slice(1)).get("token");
  if (token === null) return undefined;
  history.replaceState(history.state, "", location.pathname + location.search);
  return token === "" ? undefined : token;
}
