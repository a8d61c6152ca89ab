import { randomBytes } from "node:crypto";
import { open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { TalosError } from "../talos-error.ts";
import type { Secret } from "../telemetry/secret.ts";

/** What the secrets of signed webhooks are derived from. Only this process and its file know it. */
export interface WebhookKey {
  /** undefined: there is none yet, so none was used by this Talos. */
  read(): Promise<Buffer | undefined>;
  /** Makes it where there is none. */
  make(): Promise<Buffer>;
}

interface KeySettings {
  /** ApiSettings.SecretKey. */
  readonly secretKey: Secret | undefined;
  readonly dataDirectory: string;
}

const fileName = "webhook.key";
const keyBytes = 32;

/** The key of the configuration, or else one in a file that is made at first need. */
export function openWebhookKey({ secretKey, dataDirectory }: KeySettings): WebhookKey {
  if (secretKey !== undefined) return fixedKey(secretKey.reveal());
  const path = join(dataDirectory, fileName);
  let known: Promise<Buffer | undefined> | undefined;
  /** One after the other, and only once where there is one: no second key is made beside the first. */
  const get = (orElse: () => Promise<Buffer | undefined>): Promise<Buffer | undefined> => {
    const next = (known ?? Promise.resolve(undefined))
      .catch(() => undefined)
      .then(async (key) => key ?? (await readKey(path)) ?? (await orElse()));
    known = next;
    return next;
  };
  return {
    read: () => get(async () => undefined),
    async make() {
      const key = await get(() => writeKey(path));
      if (key === undefined) throw new Error("a key that was made is there");
      return key;
    },
  };
}

export function fixedKey(text: string): WebhookKey {
  const key = Buffer.from(text);
  return { read: async () => key, make: async () => key };
}

async function readKey(path: string): Promise<Buffer | undefined> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return undefined;
    throw unusable(path, "it cannot be read", cause);
  }
  const key = Buffer.from(text.trim(), "base64url");
  if (key.length !== keyBytes) throw unusable(path, "it is not what Talos wrote");
  return key;
}

/** In whole or not at all, for its owner's eyes only. */
async function writeKey(path: string): Promise<Buffer> {
  const key = randomBytes(keyBytes);
  const draft = `${path}.${randomBytes(6).toString("hex")}`;
  try {
    await using file = await open(draft, "wx", 0o600);
    await file.writeFile(`${key.toString("base64url")}\n`);
    await file.sync();
    await rename(draft, path);
    return key;
  } catch (cause) {
    await rm(draft, { force: true });
    throw unusable(path, "it cannot be written", cause);
  }
}

function unusable(path: string, why: string, cause?: unknown): TalosError {
  return new TalosError("store-unusable", `The key of signed webhooks in ${path} cannot be used: ${why}`, {
    hint: "Restore the file, or delete it and make the tokens of webhooks again; ApiSettings.SecretKey can hold the key instead.",
    cause,
  });
}
