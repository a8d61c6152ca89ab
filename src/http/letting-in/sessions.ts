/**
 * Who signed in on the page, by a random number that the browser keeps in a cookie. What is stored is its hash. A session
 * belongs to the token it was begun with, and ends with it: when that one is revoked or expires.
 */
import { createHash, randomBytes } from "node:crypto";
import * as z from "zod/mini";
import type { Access } from "../../config/access.ts";
import { openDocuments } from "../../store/documents.ts";
import type { Store } from "../../store/store.ts";
import type { TokenRecord, Tokens } from "../../tokens/tokens.ts";

const sessionSchema = z.object({
  token: z.string(),
  /** Another token of the same name is another token. */
  tokenCreatedMs: z.number(),
  expiresMs: z.number(),
});

export interface Sessions {
  /** `id` is not kept: this is the only time it can be seen. */
  begin(
    token: Pick<TokenRecord, "name" | "createdMs" | "expiresMs">,
  ): Promise<{ readonly id: string; readonly expiresMs: number }>;
  find(id: string): Promise<{ readonly name: string; readonly access: Access } | undefined>;
  end(id: string): Promise<void>;
}

const sessionDays = 30;

export function openSessions(store: Store, tokens: Tokens, now: () => number): Sessions {
  const documents = openDocuments(store, "session", sessionSchema);
  return {
    async begin({ name, createdMs, expiresMs: tokenExpiresMs }) {
      const id = randomBytes(32).toString("base64url");
      const expiresMs = Math.min(now() + sessionDays * 86_400_000, tokenExpiresMs ?? Number.POSITIVE_INFINITY);
      const old = (await documents.list("")).filter(({ value }) => value.expiresMs <= now());
      const begun = documents.put(keyOf(id), { token: name, tokenCreatedMs: createdMs, expiresMs });
      await store.write([begun, ...old.map(({ key }) => documents.delete(key))]);
      return { id, expiresMs };
    },
    async find(id) {
      const kept = await documents.get(keyOf(id));
      if (kept === undefined || kept.value.expiresMs <= now()) return undefined;
      const token = await tokens.get(kept.value.token);
      if (token?.use.kind !== "api" || token.createdMs !== kept.value.tokenCreatedMs) return undefined;
      return { name: token.name, access: token.use.access };
    },
    async end(id) {
      await store.write([documents.delete(keyOf(id))]);
    },
  };
}

function keyOf(id: string): string {
  return createHash("sha256").update(id).digest("base64url");
}
