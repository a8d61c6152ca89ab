import { randomBytes } from "node:crypto";
import { type KeptDocument, openDocuments } from "../store/documents.ts";
import type { Store } from "../store/store.ts";
import { TalosError } from "../talos-error.ts";
import { deriveToken } from "./derive-token.ts";
import {
  hashOf,
  isHashOf,
  isOfOtherKey,
  isValid,
  type KeptToken,
  keptTokenSchema,
  recordOf,
  secretOf,
} from "./kept-token.ts";
import type { NewToken, Tokens } from "./tokens.ts";
import type { WebhookKey } from "./webhook-key.ts";

interface TokenPorts {
  readonly now: () => number;
  readonly webhookKey: WebhookKey;
}

/** Every request is compared with all of them. */
const mostTokens = 200;
const minuteMs = 60_000;

export function openTokens(store: Store, { now, webhookKey }: TokenPorts): Tokens {
  const documents = openDocuments(store, "token", keptTokenSchema);

  const noteUse = async ({ key, value, version }: KeptDocument<KeptToken>) => {
    const lastUsedMs = Math.floor(now() / minuteMs) * minuteMs;
    if (value.lastUsedMs === lastUsedMs) return;
    // Refused when it was revoked meanwhile, or noted by another request.
    await tolerantly(store.write([documents.put(key, { ...value, lastUsedMs }, version)]));
  };

  return {
    async create(wanted) {
      const all = await documents.list("");
      if (all.some(({ key }) => key === wanted.name)) return { kind: "taken" };
      if (all.length >= mostTokens) return { kind: "full" };
      const { token, use } = await makeToken(wanted, webhookKey);
      const kept: KeptToken = {
        hash: hashOf(token),
        use,
        createdMs: now(),
        createdBy: wanted.createdBy,
        ...(wanted.expiresMs === undefined ? {} : { expiresMs: wanted.expiresMs }),
      };
      if ((await store.write([documents.put(wanted.name, kept, 0)])) !== "written") return { kind: "taken" };
      return { kind: "created", token, record: recordOf(wanted.name, kept) };
    },
    async list() {
      const key = await webhookKey.read();
      return (await documents.list("")).map(({ key: name, value }) => ({
        ...recordOf(name, value),
        ...(isOfOtherKey(name, value, key) ? { isOfOtherKey: true } : {}),
      }));
    },
    async revoke(name) {
      if ((await documents.get(name)) === undefined) return false;
      // Whatever version it has: its use may be noted at the same time.
      return (await store.write([documents.delete(name)])) === "written";
    },
    async find(token) {
      const hash = hashOf(token);
      const found = (await documents.list("")).filter(({ value }) => isHashOf(value, hash));
      const [valid] = found.filter(({ value }) => isValid(value, now()));
      if (valid === undefined) return undefined;
      await noteUse(valid);
      return recordOf(valid.key, valid.value);
    },
    async get(name) {
      const kept = await documents.get(name);
      return kept !== undefined && isValid(kept.value, now()) ? recordOf(name, kept.value) : undefined;
    },
    async signingSecrets(integration) {
      const key = await webhookKey.read();
      return (await documents.list("")).flatMap(({ key: name, value }) => {
        const secret = secretOf(name, value, integration, key);
        if (secret === undefined || !isValid(value, now())) return [];
        return [{ record: recordOf(name, value), secret }];
      });
    },
    async noteUse(name) {
      const kept = await documents.get(name);
      if (kept !== undefined) await noteUse(kept);
    },
  };
}

async function makeToken(
  { name, use }: NewToken,
  webhookKey: WebhookKey,
): Promise<{ readonly token: string; readonly use: KeptToken["use"] }> {
  if (use.kind === "api") return { token: randomBytes(32).toString("base64url"), use };
  const nonce = randomBytes(16).toString("base64url");
  const { integration } = use;
  const token = deriveToken(await webhookKey.make(), { name, nonce, integration });
  return { token, use: { kind: "webhook", integration, nonce } };
}

/** Who has a right token is let in, though its use cannot be written down. */
async function tolerantly(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof TalosError)) throw error;
  }
}
