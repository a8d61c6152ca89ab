import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createSecret } from "../telemetry/secret.ts";
import { openWebhookKey } from "./webhook-key.ts";

let dataDirectory: string;
beforeEach(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), "talos-key-"));
});
afterEach(() => rm(dataDirectory, { recursive: true }));
const open = () => openWebhookKey({ secretKey: undefined, dataDirectory });

test("Nothing is written until a key is needed.", async () => {
  expect(await open().read()).toBeUndefined();
  expect(await readdir(dataDirectory)).toEqual([]);
});

test("A key is made once, for its owner's eyes only, and is the same after a restart.", async () => {
  const key = open();
  expect(await key.read()).toBeUndefined();
  const made = await Promise.all([key.make(), key.make(), key.read(), key.make()]);
  expect(new Set(made.map((one) => one?.toString("hex"))).size).toBe(1);
  expect(made[0]).toHaveLength(32);
  expect(await readdir(dataDirectory)).toEqual(["webhook.key"]);
  expect((await stat(join(dataDirectory, "webhook.key"))).mode & 0o777).toBe(0o600);
  expect(await open().read()).toEqual(made[0]);
  expect(await open().make()).toEqual(made[0]);
});

test("A key in the configuration is used, and no file.", async () => {
  const key = openWebhookKey({ secretKey: createSecret("a long secret"), dataDirectory });
  expect((await key.make()).toString()).toBe("a long secret");
  expect((await key.read())?.toString()).toBe("a long secret");
  expect(await readdir(dataDirectory)).toEqual([]);
});

test.each([[""], ["short\n"], ["not base64url!! ".repeat(8)]])(
  "A file with %j is refused and left alone.",
  async (text) => {
    const path = join(dataDirectory, "webhook.key");
    await writeFile(path, text);
    const key = open();
    for (const attempt of [() => key.read(), () => key.make()])
      await expect(attempt()).rejects.toMatchObject({ code: "store-unusable", message: expect.stringContaining(path) });
    expect(await readFile(path, "utf8")).toBe(text);
    await rm(path);
    expect(await key.make()).toHaveLength(32);
  },
);

test("A folder that cannot be written is said so.", async () => {
  const key = openWebhookKey({ secretKey: undefined, dataDirectory: join(dataDirectory, "missing") });
  await expect(key.make()).rejects.toMatchObject({
    code: "store-unusable",
    hint: expect.stringContaining("SecretKey"),
  });
});
