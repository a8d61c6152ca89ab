/**
 * Tokens that let others in: programs and people (`api`, with what they may do) and the servers that send webhooks
 * (`webhook`, for one integration). A token is 256 random bits, shown once. What is kept is its hash. Servers that sign what
 * they send need the secret itself here, to check the signature; that one is derived from the key of this Talos and a
 * nonce, so that what the store holds is of no use without the key. What is wrong and what has expired is not found.
 */
import type { Access } from "../config/access.ts";
import type { Integration } from "./integration.ts";

export type TokenUse =
  | { readonly kind: "webhook"; readonly integration: Integration }
  | { readonly kind: "api"; readonly access: Access };

export interface TokenRecord {
  /** Lower case, unique among all tokens. */
  readonly name: string;
  readonly use: TokenUse;
  readonly createdMs: number;
  /** `ada (discord)` */
  readonly createdBy: string;
  /** undefined: never. */
  readonly expiresMs: number | undefined;
  /** To the minute; undefined: never. */
  readonly lastUsedMs: number | undefined;
  /** Where it is listed: it was made under another key than that of this Talos, which cannot check signatures made with it. */
  readonly isOfOtherKey?: true;
}

export interface NewToken {
  /** As `parseTokenName` gives it. */
  readonly name: string;
  readonly use: TokenUse;
  readonly createdBy: string;
  readonly expiresMs: number | undefined;
}

export interface Tokens {
  /** `token` is the only time it can be seen. `full`: there are as many as there may be. */
  create(
    wanted: NewToken,
  ): Promise<
    | { readonly kind: "created"; readonly token: string; readonly record: TokenRecord }
    | { readonly kind: "taken" | "full" }
  >;
  /** By name, expired ones too. */
  list(): Promise<readonly TokenRecord[]>;
  /** False when there is none of that name. */
  revoke(name: string): Promise<boolean>;
  /** The token that somebody presents, if it is one and has not expired; its use is noted. In constant time. */
  find(token: string): Promise<TokenRecord | undefined>;
  /** By name, as `find` does: for what was let in by that token before. Its use is not noted. */
  get(name: string): Promise<TokenRecord | undefined>;
  /** The secrets that servers of an integration may sign with, to check a signature by. */
  signingSecrets(
    integration: Integration,
  ): Promise<readonly { readonly record: TokenRecord; readonly secret: string }[]>;
  /** For what was let in by its signature. */
  noteUse(name: string): Promise<void>;
}
