import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { openRedisStore } from "../../src/store/redis-store.ts";
import { openSqliteStore } from "../../src/store/sqlite-store.ts";
import { type Integration, integrations } from "../../src/tokens/integration.ts";
import { openTokens } from "../../src/tokens/open-tokens.ts";
import { fixedKey } from "../../src/tokens/webhook-key.ts";
import { freePort } from "../parties/free-port.ts";
import { readEndpoint } from "../store/open-redis.ts";

/** Where a Talos that is going to run takes webhooks, with a token for every integration. */
export interface WebhookDoor {
  /** Of its configuration. */
  readonly settings: { readonly ApiSettings: object };
  readonly tokens: Readonly<Record<string, string>>;
  url(integration: Integration): string;
  /** That of another Talos on the same store. */
  beside(): Promise<WebhookDoor>;
  /** Gives the status of the answer. */
  post(integration: Integration, payload: object, headers?: Readonly<Record<string, string>>): Promise<number>;
}

const key = "the key of a Talos under test, 32 characters and more";

/** `place`: the folder that it starts in, or the Redis that it remembers in. It must not run yet. */
export async function webhookDoor(
  place: { readonly folder: string } | { readonly redis: string },
): Promise<WebhookDoor> {
  return openDoor(await makeTokens(place));
}

async function openDoor(tokens: WebhookDoor["tokens"]): Promise<WebhookDoor> {
  const port = await freePort();
  const url = (integration: Integration) => `http://127.0.0.1:${port}/webhooks/${integration}`;
  return {
    settings: { ApiSettings: { Port: port, SecretKey: key } },
    tokens,
    url,
    beside: () => openDoor(tokens),
    async post(integration, payload, headers = {}) {
      const response = await fetch(url(integration), {
        method: "POST",
        headers: { ...headers, authorization: `Bearer ${tokens[integration]}`, "content-type": "application/json" },
        body: JSON.stringify(payload),
      });
      await response.body?.cancel();
      return response.status;
    },
  };
}

async function makeTokens(place: { readonly folder: string } | { readonly redis: string }) {
  const store =
    "redis" in place ? await openRedisStore({ endpoint: readEndpoint(place.redis) }) : await openFile(place);
  const tokens = openTokens(store, { now: Date.now, webhookKey: fixedKey(key) });
  const made: Record<string, string> = {};
  for (const integration of integrations) {
    const use = { kind: "webhook", integration } as const;
    const created = await tokens.create({ name: integration, use, createdBy: "ada", expiresMs: undefined });
    if (created.kind === "created") made[integration] = created.token;
  }
  await store.close();
  return made;
}

async function openFile({ folder }: { readonly folder: string }) {
  await mkdir(join(folder, "data"), { recursive: true });
  return openSqliteStore(join(folder, "data/talos.sqlite"));
}
