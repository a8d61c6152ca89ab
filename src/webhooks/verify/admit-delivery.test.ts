import { sign } from "@octokit/webhooks-methods";
import { Webhook } from "standardwebhooks";
import { describe, expect, test } from "vitest";
import { createMemoryStore } from "../../store/memory-store.ts";
import { type Integration, integrations } from "../../tokens/integration.ts";
import { openTokens } from "../../tokens/open-tokens.ts";
import type { TokenUse } from "../../tokens/tokens.ts";
import { fixedKey } from "../../tokens/webhook-key.ts";
import { admitDelivery } from "./admit-delivery.ts";

const nowMs = Date.UTC(2026, 2, 1, 12);
const body = '{"ref":"refs/heads/mäin"}';

type Headers = Readonly<Record<string, string>>;

async function world() {
  const tokens = openTokens(createMemoryStore(), { now: () => nowMs, webhookKey: fixedKey("the key") });
  const make = async (name: string, use: TokenUse, expiresMs?: number) => {
    const made = await tokens.create({ name, use, createdBy: "ada", expiresMs });
    return made.kind === "created" ? made.token : "";
  };
  const of = Object.fromEntries(
    await Promise.all(
      integrations.map(async (integration) => [integration, await make(integration, { kind: "webhook", integration })]),
    ),
  );
  const admit = (integration: Integration, headers: Headers, more: { queryToken?: string; text?: string } = {}) =>
    admitDelivery(
      { integration, headers, body: Buffer.from(more.text ?? body) },
      { tokens, nowMs, queryToken: more.queryToken },
    );
  const lastUse = async (name: string) => (await tokens.list()).find((one) => one.name === name)?.lastUsedMs;
  return { tokens, make, admit, lastUse, token: (integration: Integration): string => of[integration] ?? "" };
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

describe("A token by itself", () => {
  test.each(integrations)(
    "lets deliveries of %s in as a bearer, and those of no other integration.",
    async (integration) => {
      const { admit, token, lastUse } = await world();
      expect(await admit(integration, bearer(token(integration)))).toEqual({ kind: "admitted", token: integration });
      expect(await lastUse(integration)).toBe(nowMs);
      for (const other of integrations.filter((one) => one !== integration))
        expect(await admit(other, bearer(token(integration)))).toMatchObject({ kind: "wrong" });
    },
  );

  test("is a bearer in whatever case that is written.", async () => {
    const { admit, token } = await world();
    expect(await admit("registry", { authorization: `bearer  ${token("registry")} ` })).toMatchObject({
      kind: "admitted",
    });
  });

  test.each([
    ["Bearer", "missing"],
    ["Bearer ", "missing"],
    ["", "missing"],
    ["Bearer wrong", "wrong"],
    ["Bearer two words", "missing"],
    ["Digest x", "missing"],
    ["Basic eDp5", "missing"],
  ])("is not there in the header %j: %s.", async (authorization, kind) => {
    const { admit } = await world();
    expect(await admit("github", { authorization })).toMatchObject({ kind });
  });

  test("is GitLab's secret token.", async () => {
    const { admit, token } = await world();
    expect(await admit("gitlab", { "x-gitlab-token": token("gitlab") })).toMatchObject({ kind: "admitted" });
    expect(await admit("gitlab", { "x-gitlab-token": "wrong" })).toMatchObject({ kind: "wrong" });
    expect(await admit("github", { "x-gitlab-token": token("github") })).toMatchObject({ kind: "missing" });
  });

  test("of a registry may be a password, or stand in the URL; of others not.", async () => {
    const { admit, token } = await world();
    const basic = (password: string) => ({
      authorization: `Basic ${Buffer.from(`talos:${password}`).toString("base64")}`,
    });
    expect(await admit("registry", basic(token("registry")))).toMatchObject({ kind: "admitted" });
    expect(await admit("registry", basic("wrong"))).toMatchObject({ kind: "wrong" });
    expect(await admit("registry", {}, { queryToken: token("registry") })).toMatchObject({ kind: "admitted" });
    expect(await admit("registry", {}, { queryToken: "wrong" })).toMatchObject({ kind: "wrong" });
    expect(await admit("github", basic(token("github")))).toMatchObject({ kind: "missing" });
    expect(await admit("github", {}, { queryToken: token("github") })).toMatchObject({ kind: "missing" });
  });

  test("of the API, an expired and a revoked one let nothing in.", async () => {
    const { admit, make, tokens } = await world();
    const api = await make("api", { kind: "api", access: "admin" });
    const old = await make("old", { kind: "webhook", integration: "github" }, nowMs);
    const gone = await make("gone", { kind: "webhook", integration: "github" });
    await tokens.revoke("gone");
    for (const token of [api, old, gone]) {
      expect(await admit("github", bearer(token))).toMatchObject({ kind: "wrong" });
      expect(await admit("github", { "x-hub-signature-256": await sign(token, body) })).toMatchObject({
        kind: "wrong",
      });
    }
  });
});

describe("A signature in hexadecimal", () => {
  test("of GitHub is that of GitHub's own library.", async () => {
    const { admit, token, make, lastUse } = await world();
    await make("first", { kind: "webhook", integration: "github" });
    const signature = await sign(token("github"), body);
    expect(await admit("github", { "x-hub-signature-256": signature })).toEqual({ kind: "admitted", token: "github" });
    expect(await lastUse("github")).toBe(nowMs);
    expect(await lastUse("first")).toBeUndefined();
    expect(await admit("github", { "x-hub-signature-256": signature }, { text: `${body} ` })).toMatchObject({
      kind: "wrong",
    });
    for (const odd of ["sha256=", "sha1=0", signature.slice(0, -2), `${signature}00`, "x"])
      expect(await admit("github", { "x-hub-signature-256": odd })).toMatchObject({ kind: "wrong" });
    expect(await admit("github", { "x-hub-signature": signature })).toMatchObject({ kind: "missing" });
  });

  test.each<readonly [Integration, string]>([
    ["gitea", "x-gitea-signature"],
    ["gitea", "x-hub-signature-256"],
    ["forgejo", "x-forgejo-signature"],
    ["forgejo", "x-gitea-signature"],
    ["forgejo", "x-hub-signature-256"],
  ])("of %s stands in %s.", async (integration, header) => {
    const { admit, token } = await world();
    const signature = (await sign(token(integration), body)).replace("sha256=", "");
    expect(await admit(integration, { [header]: signature })).toEqual({ kind: "admitted", token: integration });
    const ofOther = (await sign(token("github"), body)).replace("sha256=", "");
    expect(await admit(integration, { [header]: ofOther })).toMatchObject({ kind: "wrong" });
  });

  test("of Gitea stands before that of GitHub, which it sends too; an empty one is of a webhook without a secret.", async () => {
    const { admit, token } = await world();
    const right = await sign(token("gitea"), body);
    const wrong = await sign("another", body);
    const both = (own: string, hub: string) => ({ "x-gitea-signature": own, "x-hub-signature-256": hub });
    expect(await admit("gitea", both(right, wrong))).toMatchObject({ kind: "admitted" });
    expect(await admit("gitea", both(wrong, right))).toMatchObject({ kind: "wrong" });
    expect(await admit("gitea", both("", ""))).toMatchObject({ kind: "missing" });
  });

  test("of a form is over the form, as GitHub does it, or over what is in it, as Gitea does.", async () => {
    const { admit, token } = await world();
    const type = { "content-type": "application/x-www-form-urlencoded" };
    const text = new URLSearchParams({ payload: body }).toString();
    const whole = { ...type, "x-hub-signature-256": await sign(token("github"), text) };
    expect(await admit("github", whole, { text })).toMatchObject({ kind: "admitted" });
    const inner = { ...type, "x-gitea-signature": await sign(token("gitea"), body) };
    expect(await admit("gitea", inner, { text })).toMatchObject({ kind: "admitted" });
    expect(await admit("gitea", inner, { text: `${text}x` })).toMatchObject({ kind: "wrong" });
  });
});

describe("GitLab's signing token", () => {
  const signed = (secret: string, atMs = nowMs, id = "msg_1"): Headers => ({
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(atMs / 1000)),
    "webhook-signature": new Webhook(secret).sign(id, new Date(atMs), body),
  });

  test("is the same token, and its signature that of Standard Webhooks.", async () => {
    const { admit, token, lastUse } = await world();
    expect(await admit("gitlab", signed(token("gitlab")))).toEqual({ kind: "admitted", token: "gitlab" });
    expect(await lastUse("gitlab")).toBe(nowMs);
  });

  test.each([
    [-300_000, "admitted"],
    [-301_000, "wrong"],
    [300_000, "admitted"],
    [301_000, "wrong"],
  ])("may be from a clock that is %s ms away: %s.", async (awayMs, kind) => {
    const { admit, token } = await world();
    expect(await admit("gitlab", signed(token("gitlab"), nowMs + awayMs))).toMatchObject({ kind });
  });

  test("covers the id, the time and the body.", async () => {
    const { admit, token } = await world();
    const headers = signed(token("gitlab"));
    for (const changed of [{ "webhook-id": "msg_2" }, { "webhook-timestamp": String(nowMs / 1000 + 1) }])
      expect(await admit("gitlab", { ...headers, ...changed })).toMatchObject({ kind: "wrong" });
    expect(await admit("gitlab", headers, { text: `${body} ` })).toMatchObject({ kind: "wrong" });
    const { "webhook-timestamp": _, ...timeless } = headers;
    expect(await admit("gitlab", timeless)).toMatchObject({ kind: "wrong" });
  });

  test("may be one of several, and of another version none.", async () => {
    const { admit, token } = await world();
    const headers = signed(token("gitlab"));
    const right = headers["webhook-signature"] ?? "";
    const withSignature = (written: string) => admit("gitlab", { ...headers, "webhook-signature": written });
    expect(await withSignature(`v1,${"A".repeat(43)}= v2,x ${right}`)).toMatchObject({ kind: "admitted" });
    expect(await withSignature(right.replace("v1,", "v2,"))).toMatchObject({ kind: "wrong" });
    expect(await withSignature("")).toMatchObject({ kind: "wrong" });
  });

  test("of another webhook is wrong, unless the secret token is right.", async () => {
    const { admit, token } = await world();
    const foreign = signed(`whsec_${Buffer.alloc(32, 7).toString("base64")}`);
    expect(await admit("gitlab", foreign)).toMatchObject({ kind: "wrong" });
    expect(await admit("gitlab", { ...foreign, "x-gitlab-token": token("gitlab") })).toMatchObject({
      kind: "admitted",
    });
  });
});

test("No answer says what would have been right.", async () => {
  const { admit, token } = await world();
  const answer = JSON.stringify([
    await admit("github", {}),
    await admit("github", bearer("wrong")),
    await admit("github", { "x-hub-signature-256": await sign("wrong", body) }),
  ]);
  expect(answer).not.toContain(token("github"));
  expect(answer).not.toContain((await sign(token("github"), body)).slice(7));
});
