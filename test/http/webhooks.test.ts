import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { sign } from "@octokit/webhooks-methods";
import { Redis } from "ioredis";
import { Webhook } from "standardwebhooks";
import { describe, expect, test, vi } from "vitest";
import { createMemoryStore } from "../../src/store/memory-store.ts";
import { openRedisStore } from "../../src/store/redis-store.ts";
import { openSqliteStore } from "../../src/store/sqlite-store.ts";
import type { Store } from "../../src/store/store.ts";
import { type Integration, integrations } from "../../src/tokens/integration.ts";
import { openWebhooks } from "../../src/webhooks/open-webhooks.ts";
import type { WebhookEvent } from "../../src/webhooks/webhook-event.ts";
import { nowMs } from "../fixtures/fake-talos.ts";
import { type HttpWorldOptions, openHttpWorld } from "../fixtures/http-world.ts";
import { dockerHubPush, forgejoRun, giteaPush, gitLabPipeline, gitLabPush } from "../fixtures/webhook-payloads.ts";
import { describeWith } from "../parties/describe-with.ts";
import { dockerRegistry } from "../parties/docker-registry.ts";
import { redisServer } from "../parties/redis-server.ts";
import { temporaryFolder } from "../parties/temporary-folder.ts";
import { readEndpoint } from "../store/open-redis.ts";

let ids = 0;

/** A Talos that takes webhooks, without the effects. */
async function world(options: HttpWorldOptions = {}) {
  const store = options.store ?? createMemoryStore();
  const handled: WebhookEvent[] = [];
  const webhooks = openWebhooks({
    store,
    now: () => nowMs,
    newId: () => `${++ids}`,
    requestJob: async () => undefined,
    handle: async (event) => void handled.push(event),
    log: { warn: () => undefined },
  });
  const http = await openHttpWorld({ ...options, store, webhooks });
  const post = (integration: string, body: string, headers: Readonly<Record<string, string>> = {}) =>
    http.ask(`/webhooks/${integration}`, { method: "POST", body, headers }, "nobody");
  return {
    http,
    store,
    handled,
    post,
    makeToken: (name: string, integration: Integration) => http.createToken(name, { kind: "webhook", integration }),
    waiting: () => store.collection("webhook").list(""),
    run: () => webhooks.job.run(new AbortController().signal),
    [Symbol.asyncDispose]: () => http[Symbol.asyncDispose](),
  };
}

const push = JSON.stringify(gitLabPush);
const gitHubPush = JSON.stringify({
  ref: "refs/heads/main",
  repository: { clone_url: "https://github.com/me/infra.git" },
});
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const gitHubHeaders = async (token: string, body: string, id = "d1") => ({
  "content-type": "application/json",
  "x-github-event": "push",
  "x-github-delivery": id,
  "x-hub-signature-256": await sign(token, body),
});

function signedByGitLab(token: string, body: string, id = "msg_1") {
  return {
    "content-type": "application/json",
    "x-gitlab-event": "Push Hook",
    "webhook-id": id,
    "webhook-timestamp": String(nowMs / 1000),
    "webhook-signature": new Webhook(token).sign(id, new Date(nowMs), body),
  };
}

describe("POST /webhooks/<integration>", () => {
  test("takes what is signed or carries its token: 202, and it is stored.", async () => {
    await using at = await world();
    const tokens = new Map<string, string>();
    for (const integration of integrations) tokens.set(integration, await at.makeToken(integration, integration));
    const token = (integration: Integration) => tokens.get(integration) ?? "";
    const run = JSON.stringify(forgejoRun);
    const giteaBody = JSON.stringify(giteaPush);
    const answers = [
      await at.post("gitlab", push, bearer(token("gitlab"))),
      await at.post("gitlab", JSON.stringify(gitLabPipeline), { "x-gitlab-token": token("gitlab") }),
      await at.post("gitlab", push, signedByGitLab(token("gitlab"), push)),
      await at.post("github", gitHubPush, await gitHubHeaders(token("github"), gitHubPush)),
      await at.post("gitea", giteaBody, {
        "x-gitea-event": "push",
        "x-gitea-signature": (await sign(token("gitea"), giteaBody)).slice(7),
      }),
      await at.post("forgejo", run, {
        "x-forgejo-event": "action_run_success",
        "x-forgejo-signature": (await sign(token("forgejo"), run)).slice(7),
      }),
      await at.post(`registry?token=${token("registry")}`, JSON.stringify(dockerHubPush)),
    ];
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 202));
    expect(await answers[0]?.json()).toEqual({ outcome: "stored" });
    const stored = await at.waiting();
    expect(stored.map(({ value }) => Object(value).token)).toEqual([
      "gitlab",
      "gitlab",
      "gitlab",
      "github",
      "gitea",
      "forgejo",
      "registry",
    ]);
    await at.run();
    expect(at.handled.map(({ kind }) => kind).toSorted()).toEqual(
      ["push", "push", "push", "push", "pipeline", "pipeline", "image"].toSorted(),
    );
    expect(await at.waiting()).toEqual([]);
    for (const { name, lastUsedMs } of await at.http.tokens.list())
      if (tokens.has(name)) expect({ name, lastUsedMs }).toEqual({ name, lastUsedMs: nowMs });
  });

  test("answers 401 to nothing, 403 to what is wrong, and stores none of it.", async () => {
    await using at = await world();
    const token = await at.makeToken("hub", "github");
    const other = await at.makeToken("lab", "gitlab");
    const headers = await gitHubHeaders(token, gitHubPush);
    const { "x-hub-signature-256": _, ...unsigned } = headers;
    const missing = await at.post("github", gitHubPush, unsigned);
    expect([missing.status, missing.headers.get("www-authenticate")]).toEqual([401, "Bearer"]);
    expect(await missing.json()).toMatchObject({ code: "unauthorized", status: 401 });
    const wrong = [
      await at.post("github", `${gitHubPush} `, headers),
      await at.post("github", gitHubPush, await gitHubHeaders(other, gitHubPush)),
      await at.post("github", gitHubPush, { ...unsigned, ...bearer(other) }),
      await at.post("github", gitHubPush, { ...unsigned, ...bearer(at.http.token.admin) }),
    ];
    expect(wrong.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
    expect(await wrong[0]?.json()).toMatchObject({ code: "forbidden", status: 403 });
    expect(await at.waiting()).toEqual([]);
  });

  test("answers 200 to what is of no use, 400 to what makes no sense, and says why.", async () => {
    await using at = await world();
    const headers = bearer(await at.makeToken("lab", "gitlab"));
    const ignored = await at.post("gitlab", JSON.stringify({ object_kind: "issue" }), headers);
    expect([ignored.status, await ignored.json()]).toEqual([
      200,
      { outcome: "ignored", text: 'events of the kind "issue" are not used' },
    ]);
    const malformed = await at.post("gitlab", JSON.stringify({ object_kind: "push" }), headers);
    expect([malformed.status, await malformed.json()]).toMatchObject([
      400,
      { code: "malformed", detail: "ref is missing" },
    ]);
    const unknown = await at.post("bitbucket", "{}", headers);
    expect([unknown.status, await unknown.json()]).toMatchObject([
      400,
      { code: "unknown-integration", detail: expect.stringContaining("gitlab, github, gitea, forgejo, registry") },
    ]);
    const long = await at.post("gitlab", `"${"x".repeat(1_048_577)}"`, headers);
    expect(long.status).toBe(413);
    const got = await at.http.ask("/webhooks/gitlab", { headers }, "nobody");
    expect([got.status, got.headers.get("allow")]).toEqual([405, "POST, OPTIONS"]);
  });

  test("lets no token of a webhook into the API.", async () => {
    await using at = await world();
    const token = await at.makeToken("lab", "gitlab");
    for (const path of ["/api/v1/session", "/api/v1/sources"])
      expect((await at.http.ask(path, { headers: bearer(token) }, "nobody")).status).toBe(403);
  });

  test("limits wrong tokens by address, and lets right ones in all the same.", async () => {
    await using at = await world();
    const token = await at.makeToken("lab", "gitlab");
    const statuses: number[] = [];
    for (let index = 0; index < 12; index += 1) statuses.push((await at.post("gitlab", push, bearer("wrong"))).status);
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 403), 429, 429]);
    const refused = await at.post("gitlab", push, bearer("wrong"));
    expect([refused.headers.get("retry-after"), await refused.json()]).toMatchObject([
      "60",
      { code: "too-many-requests" },
    ]);
    expect((await at.post("gitlab", push, bearer(token))).status).toBe(202);
    expect(at.http.log.filter((line) => line.includes("a webhook was refused"))).toHaveLength(10);
  });

  test("does nothing twice, whatever is sent again.", async () => {
    await using at = await world();
    const token = await at.makeToken("hub", "github");
    const headers = await gitHubHeaders(token, gitHubPush);
    const again = [
      await at.post("github", gitHubPush, headers),
      await at.post("github", gitHubPush, headers),
      await at.post("github", gitHubPush, { ...headers, "x-github-delivery": "made up by who replays" }),
    ];
    expect(await Promise.all(again.map((answer) => answer.json()))).toEqual([
      { outcome: "stored" },
      { outcome: "repeated" },
      { outcome: "repeated" },
    ]);
    expect(again.map(({ status }) => status)).toEqual([202, 202, 202]);
    const lab = await at.makeToken("lab", "gitlab");
    const signed = signedByGitLab(lab, push);
    expect(await (await at.post("gitlab", push, signed)).json()).toEqual({ outcome: "stored" });
    expect(await (await at.post("gitlab", push, signed)).json()).toEqual({ outcome: "repeated" });
    expect((await at.post("gitlab", push, { ...signed, "webhook-id": "msg_2" })).status).toBe(403);
    await at.run();
    await at.run();
    expect(at.handled).toHaveLength(2);
  });

  test("works below the path of a proxy.", async () => {
    await using at = await world({ api: { BaseUrl: "https://api.example.com/talos" } });
    const headers = bearer(await at.makeToken("lab", "gitlab"));
    expect((await at.post("../talos/webhooks/gitlab", push, headers)).status).toBe(202);
  });
});

/** What a thief of the store could read, after every kind of token was made and used. */
async function useAllTokens(store: Store): Promise<readonly string[]> {
  await using at = await world({ store });
  const made = await Promise.all(integrations.map((integration) => at.makeToken(integration, integration)));
  const [lab = "", hub = ""] = made;
  expect((await at.post("gitlab", push, signedByGitLab(lab, push))).status).toBe(202);
  expect((await at.post("gitlab", push, bearer(lab))).status).toBe(202);
  expect((await at.post("github", gitHubPush, await gitHubHeaders(hub, gitHubPush))).status).toBe(202);
  return [...made, ...Object.values(at.http.token)];
}

function expectNone(kept: string, tokens: readonly string[]): void {
  expect(kept).toContain("refs/heads/main".slice(11));
  for (const token of tokens) {
    const bare = token.replace("whsec_", "");
    for (const written of [bare, Buffer.from(bare, "base64").toString("hex"), Buffer.from(bare).toString("hex")])
      expect(kept).not.toContain(written.slice(0, 24));
  }
}

describe("What the store holds", () => {
  test("in SQLite is no token; and what was taken is known after a restart.", async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, "talos.sqlite");
    const store = openSqliteStore(path);
    const tokens = await useAllTokens(store);
    const files = async () =>
      Promise.all((await readdir(folder.path)).map((name) => readFile(join(folder.path, name), "latin1")));
    expectNone((await files()).join(""), tokens);
    await store.close();
    expectNone((await files()).join(""), tokens);
    const reopened = openSqliteStore(path);
    await using at = await world({ store: reopened });
    expect(await at.waiting()).toHaveLength(3);
    const [lab = ""] = tokens;
    expect(await (await at.post("gitlab", push, signedByGitLab(lab, push))).json()).toEqual({ outcome: "repeated" });
    await at.run();
    expect(at.handled).toHaveLength(3);
    await reopened.close();
  });

  describeWith(["redis-server"], "with Redis", () => {
    test("is no token.", async () => {
      await using redis = await redisServer();
      const store = await openRedisStore({ endpoint: readEndpoint(redis.endpoint) });
      const tokens = await useAllTokens(store);
      const client = new Redis({ host: "127.0.0.1", port: redis.port });
      const dumps: string[] = [];
      for (const key of await client.keys("*")) dumps.push(key, await textOf(client, key));
      expectNone(dumps.join("\n"), tokens);
      client.disconnect();
      await store.close();
    });
  });
});

async function textOf(client: Redis, key: string): Promise<string> {
  switch (await client.type(key)) {
    case "hash":
      return JSON.stringify(await client.hgetall(key));
    case "zset":
      return JSON.stringify(await client.zrange(key, "0", "-1"));
    case "stream":
      return JSON.stringify(await client.xrange(key, "-", "+"));
    case "list":
      return JSON.stringify(await client.lrange(key, 0, -1));
    case "set":
      return JSON.stringify(await client.smembers(key));
    default:
      return (await client.get(key)) ?? "";
  }
}

describeWith(["docker-registry"], "A registry of the distribution project", () => {
  test("tells which image was pushed, by the name it is pulled by.", async () => {
    await using at = await world();
    const token = await at.makeToken("registry", "registry");
    await using registry = await dockerRegistry({ notify: { url: `${at.http.url}/webhooks/registry`, token } });
    await registry.push({ repository: "team/app", tags: ["1.0.0"] });
    await vi.waitFor(async () => expect(await at.waiting()).not.toEqual([]), { timeout: 20_000, interval: 50 });
    await at.run();
    expect(at.handled).toContainEqual({ kind: "image", repository: { domain: registry.host, path: "team/app" } });
    expect(new Set(at.handled.map((event) => JSON.stringify(event))).size).toBe(1);
  });
});
