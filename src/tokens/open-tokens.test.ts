import { describe, expect, test } from "vitest";
import { createMemoryStore } from "../store/memory-store.ts";
import type { Store } from "../store/store.ts";
import { TalosError } from "../talos-error.ts";
import { openTokens } from "./open-tokens.ts";
import type { NewToken, Tokens } from "./tokens.ts";
import { fixedKey } from "./webhook-key.ts";

const startMs = Date.UTC(2026, 0, 1, 12, 0, 30);

function world({ store = createMemoryStore(), key = "the key" }: { store?: Store; key?: string } = {}) {
  let nowMs = startMs;
  let writes = 0;
  const counted: Store = {
    ...store,
    write: (...given) => {
      writes += 1;
      return store.write(...given);
    },
  };
  const tokens = openTokens(counted, { now: () => nowMs, webhookKey: fixedKey(key) });
  return {
    store,
    tokens,
    writes: () => writes,
    pass: (ms: number) => {
      nowMs += ms;
    },
  };
}

async function make(tokens: Tokens, name: string, more: Partial<NewToken> = {}): Promise<string> {
  const made = await tokens.create({
    name,
    use: { kind: "api", access: "read" },
    createdBy: "ada (terminal)",
    expiresMs: undefined,
    ...more,
  });
  if (made.kind !== "created") throw new Error(made.kind);
  return made.token;
}

const gitlab = { use: { kind: "webhook", integration: "gitlab" } } as const;
const github = { use: { kind: "webhook", integration: "github" } } as const;

describe("A token", () => {
  test("is found among others by what was shown once, and by nothing else.", async () => {
    const { tokens } = world();
    const made = await Promise.all(["a", "b", "c"].map((name) => make(tokens, name)));
    for (const [index, token] of made.entries())
      expect(await tokens.find(token)).toMatchObject({ name: "abc"[index], use: { kind: "api", access: "read" } });
    for (const wrong of ["", "a", `${made[0]} `, made[0]?.slice(1) ?? "", made[0]?.toUpperCase() ?? ""])
      expect(await tokens.find(wrong)).toBeUndefined();
  });

  test("has 256 bits.", async () => {
    const { tokens } = world();
    expect(Buffer.from(await make(tokens, "a"), "base64url")).toHaveLength(32);
    expect(Buffer.from(await make(tokens, "b", github), "base64url")).toHaveLength(32);
    const [, secret = ""] = /^whsec_(.*)$/.exec(await make(tokens, "c", gitlab)) ?? [];
    expect(Buffer.from(secret, "base64")).toHaveLength(32);
  });

  test("is another one when it is made again under the same name.", async () => {
    const { tokens } = world();
    const first = await make(tokens, "ci", github);
    await tokens.revoke("ci");
    expect(await make(tokens, "ci", github)).not.toBe(first);
    expect(await tokens.find(first)).toBeUndefined();
  });

  test("is not found from the moment it expires, and is listed still.", async () => {
    const { tokens, pass } = world();
    const expiresMs = startMs + 1000;
    const token = await make(tokens, "ci", { ...github, expiresMs });
    pass(999);
    expect(await tokens.find(token)).toMatchObject({ expiresMs });
    expect(await tokens.get("ci")).toMatchObject({ expiresMs });
    expect(await tokens.signingSecrets("github")).toHaveLength(1);
    pass(1);
    expect(await tokens.find(token)).toBeUndefined();
    expect(await tokens.get("ci")).toBeUndefined();
    expect(await tokens.signingSecrets("github")).toEqual([]);
    expect(await tokens.list()).toMatchObject([{ name: "ci", expiresMs }]);
  });

  test("takes no name that is taken, also at the same time.", async () => {
    const { tokens } = world();
    const wanted = { name: "ci", ...github, createdBy: "ada", expiresMs: undefined };
    const made = await Promise.all([tokens.create(wanted), tokens.create(wanted)]);
    expect(made.map(({ kind }) => kind).sort()).toEqual(["created", "taken"]);
    expect(await tokens.create(wanted)).toEqual({ kind: "taken" });
  });

  test("is refused when there are 200.", async () => {
    const { tokens } = world();
    for (let index = 0; index < 200; index += 1) await make(tokens, `t${index}`);
    const wanted = { name: "one-more", ...github, createdBy: "ada", expiresMs: undefined };
    expect(await tokens.create(wanted)).toEqual({ kind: "full" });
    await tokens.revoke("t7");
    expect(await tokens.create(wanted)).toMatchObject({ kind: "created" });
  });

  test("is gone when it was revoked, once.", async () => {
    const { tokens } = world();
    const token = await make(tokens, "ci");
    expect(await tokens.revoke("ci")).toBe(true);
    expect(await tokens.revoke("ci")).toBe(false);
    expect(await tokens.find(token)).toBeUndefined();
    expect(await tokens.list()).toEqual([]);
  });
});

describe("The last use", () => {
  test("is noted to the minute, with one write a minute.", async () => {
    const { tokens, pass, writes } = world();
    const token = await make(tokens, "ci");
    expect(await tokens.list()).toMatchObject([{ lastUsedMs: undefined }]);
    const before = writes();
    for (let time = 0; time < 30; time += 1) await tokens.find(token);
    expect(writes() - before).toBe(1);
    expect(await tokens.list()).toMatchObject([{ lastUsedMs: startMs - 30_000 }]);
    pass(60_000);
    await tokens.noteUse("ci");
    await tokens.noteUse("ci");
    expect(writes() - before).toBe(2);
    expect(await tokens.list()).toMatchObject([{ lastUsedMs: startMs + 30_000 }]);
  });

  test("is not that of a wrong token, nor of looking one up by its name.", async () => {
    const { tokens } = world();
    await make(tokens, "ci");
    await tokens.find("wrong");
    await tokens.get("ci");
    await tokens.noteUse("another");
    expect(await tokens.list()).toMatchObject([{ lastUsedMs: undefined }]);
  });

  test("brings back no token that was revoked meanwhile.", async () => {
    const { store, tokens } = world();
    const token = await make(tokens, "ci");
    const racing: Store = {
      ...store,
      async write(...given) {
        await tokens.revoke("ci");
        return store.write(...given);
      },
    };
    await openTokens(racing, { now: () => startMs, webhookKey: fixedKey("the key") }).find(token);
    expect(await tokens.list()).toEqual([]);
  });

  test("keeps nobody out when it cannot be written down.", async () => {
    const { store, tokens } = world();
    const token = await make(tokens, "ci");
    const away: Store = { ...store, write: async () => Promise.reject(new TalosError("store-unreachable", "away")) };
    const others = openTokens(away, { now: () => startMs, webhookKey: fixedKey("the key") });
    expect(await others.find(token)).toMatchObject({ name: "ci" });
  });
});

describe("The secret of a webhook", () => {
  test("is its token, for its integration alone.", async () => {
    const { tokens } = world();
    const [first, second] = [await make(tokens, "one", github), await make(tokens, "two", github)];
    await make(tokens, "three", gitlab);
    await make(tokens, "four");
    expect((await tokens.signingSecrets("github")).map(({ record, secret }) => [record.name, secret])).toEqual([
      ["one", first],
      ["two", second],
    ]);
    expect(await tokens.signingSecrets("gitea")).toEqual([]);
  });

  test("is not there under another key, which the list says; as a bearer its token works still.", async () => {
    const { store, tokens } = world();
    const token = await make(tokens, "hook", gitlab);
    await make(tokens, "api");
    const moved = world({ store, key: "another key" }).tokens;
    expect(await moved.signingSecrets("gitlab")).toEqual([]);
    expect(await moved.list()).toMatchObject([{ name: "api" }, { name: "hook", isOfOtherKey: true }]);
    expect((await moved.list())[0]).not.toHaveProperty("isOfOtherKey");
    expect((await tokens.list())[1]).not.toHaveProperty("isOfOtherKey");
    expect(await moved.find(token)).toMatchObject({ name: "hook" });
  });

  test("is not in the store, and neither is a token.", async () => {
    const { store, tokens } = world();
    const made = [await make(tokens, "a"), await make(tokens, "b", github), await make(tokens, "c", gitlab)];
    const kept = JSON.stringify(await store.collection("token").list(""));
    for (const token of made) expect(kept).not.toContain(token.replace("whsec_", "").slice(0, 12));
    expect(kept).not.toContain("the key");
  });
});

test("A token that another hand has written wrongly is passed over.", async () => {
  const { store, tokens } = world();
  const token = await make(tokens, "ci");
  const [kept] = await store.collection("token").list("");
  await store.collection("token").put("short", { ...Object(kept?.value), hash: "AAAA" });
  await store.collection("token").put("strange", { hash: 3 });
  expect(await tokens.find(token)).toMatchObject({ name: "ci" });
  expect(await tokens.find("")).toBeUndefined();
});
