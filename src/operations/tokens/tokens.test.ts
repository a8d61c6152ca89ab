import { describe, expect, test } from "vitest";
import { askOperation, findOperation } from "../../../test/fixtures/ask-operation.ts";
import { type FakeTalos, fakeTalos, nowMs } from "../../../test/fixtures/fake-talos.ts";
import { configSchema } from "../../config/schema.ts";
import { integrations } from "../../tokens/integration.ts";
import type { View } from "../view.ts";

function talosAt(settings: object = { ApiSettings: { BaseUrl: "https://api.example.com/talos/" } }): FakeTalos {
  return { ...fakeTalos(), config: configSchema.parse(settings) };
}

function codeOf(view: View): readonly string[] {
  return view.flatMap((part) => (part.type === "code" ? [part.text] : []));
}

describe("token create", () => {
  test.each(integrations)("shows the URL of %s, the token, and what to do with them.", async (integration) => {
    const talos = talosAt();
    const { ok, view, text } = await askOperation(talos, "token create", { name: " My_Hook ", integration });
    expect(ok).toBe(true);
    const [url, token = ""] = codeOf(view);
    expect(url).toBe(`https://api.example.com/talos/webhooks/${integration}`);
    expect(await talos.tokens.find(token)).toMatchObject({
      name: "my_hook",
      use: { kind: "webhook", integration },
      createdBy: "ada (terminal)",
      expiresMs: undefined,
    });
    expect(text).toMatch(/paste|Authorization: Bearer/);
    expect(text).not.toContain("BaseUrl");
  });

  test("makes one for the API, which expires.", async () => {
    const talos = talosAt();
    const { view } = await askOperation(talos, "token create", { name: "ci", access: "Operate", expires: "90d" });
    const expiresMs = nowMs + 90 * 86_400_000;
    expect(view).toContainEqual({
      type: "fields",
      fields: [{ name: "expires", value: { atMs: expiresMs, exact: true } }],
    });
    const [token = "", ...others] = codeOf(view);
    expect(others).toEqual([]);
    expect(await talos.tokens.find(token)).toMatchObject({ use: { kind: "api", access: "operate" }, expiresMs });
  });

  test.each([
    [{ name: "ci" }, "token create needs `integration` for webhooks, or `access` for the API"],
    [
      { name: "ci", integration: "gitlab", access: "read" },
      "a token is for an `integration` or has an `access`, not both",
    ],
    [{ integration: "gitlab" }, "token create needs the argument `name`"],
    [{ name: "  ", access: "read" }, "token create: `name` must not be empty"],
    [
      { name: "a b", access: "read" },
      "token create: `name` must be of letters, digits, `.`, `_` and `-`, and begin with a letter or digit",
    ],
    [{ name: "x".repeat(61), access: "read" }, "token create: `name` must have 60 characters at most"],
    [
      { name: "ci", integration: "bitbucket" },
      "token create: `integration` must be gitlab, github, gitea, forgejo or registry, not `bitbucket`",
    ],
    [{ name: "ci", access: "root" }, "token create: `access` must be read, operate or admin, not `root`"],
    [
      { name: "ci", access: "read", expires: "90" },
      "token create: `expires` needs a unit: `90s`, `90m`, `90h` or `90d`",
    ],
  ])("refuses %j.", async (given, text) => {
    const talos = talosAt();
    expect(await askOperation(talos, "token create", given)).toMatchObject({
      ok: false,
      code: "usage",
      view: [{ text }],
    });
    expect(await talos.tokens.list()).toEqual([]);
  });

  test("refuses a name that is taken, in whatever case.", async () => {
    const talos = talosAt();
    await askOperation(talos, "token create", { name: "ci", access: "read" });
    const { code, view } = await askOperation(talos, "createwebhook", { name: "CI", integration: "gitlab" });
    expect({ code, view }).toMatchObject({ code: "usage", view: [{ text: "there is a token ci already" }, {}] });
  });

  test("warns where the URL is of this machine, and where other replicas have no key.", async () => {
    const local = talosAt({ RedisSettings: { Endpoint: "redis:6379" }, ApiSettings: { Enabled: "false" } });
    const { text } = await askOperation(local, "token create", { name: "ci", integration: "github" });
    expect(text).toContain("ApiSettings.BaseUrl says");
    expect(text).toContain("the same ApiSettings.SecretKey first");
    expect(text).toContain("ApiSettings.Enabled is false");
    const api = await askOperation(local, "token create", { name: "api", access: "read" });
    expect(api.text).not.toContain("BaseUrl");
  });

  test("leaves an event that names the token and does not hold it.", async () => {
    const talos = talosAt();
    const { view } = await askOperation(talos, "createwebhook", { name: "ci", integration: "gitlab" });
    const [, token = "none"] = codeOf(view);
    const log = JSON.stringify(talos.log);
    expect(log).toContain('createwebhook, name \\"ci\\", integration \\"gitlab\\": ok');
    expect(log).not.toContain(token.slice(6, 20));
  });
});

describe("token list", () => {
  test("says what for, by whom, until when, and the last use.", async () => {
    const talos = talosAt();
    expect((await askOperation(talos, "token list")).view).toMatchObject([{ text: "there are no tokens" }]);
    const { view } = await askOperation(talos, "token create", { name: "ci", access: "operate" });
    await talos.tokens.find(codeOf(view)[0] ?? "");
    await askOperation(talos, "createwebhook", { name: "hook", integration: "github" });
    const over = {
      name: "old",
      use: { kind: "api", access: "read" },
      createdBy: "bob (discord)",
      expiresMs: nowMs,
    } as const;
    await talos.tokens.create(over);
    const never = { text: "never", tone: "quiet" };
    expect((await askOperation(talos, "token list")).view).toEqual([
      { type: "text", text: "3 tokens" },
      {
        type: "table",
        columns: ["name", "for", "made", "by", "expires", "last used"],
        rows: [
          ["ci", "the API, to operate", { atMs: nowMs }, "ada (terminal)", "never", { atMs: nowMs }],
          ["hook", "webhooks of GitHub", { atMs: nowMs }, "ada (terminal)", "never", never],
          ["old", "the API, to read", { atMs: nowMs }, "bob (discord)", { text: "expired", tone: "warning" }, never],
        ],
      },
    ]);
    expect((await askOperation(talos, "listwebhooks")).view).toMatchObject([
      { text: "1 webhook" },
      {
        rows: [
          ["hook", "webhooks of GitHub", {}, {}, {}, {}].map((cell) =>
            typeof cell === "string" ? cell : expect.anything(),
          ),
        ],
      },
    ]);
  });

  test("names those whose signatures are refused, because they were made under another key.", async () => {
    const talos = talosAt();
    const record = { createdMs: nowMs, createdBy: "ada", expiresMs: undefined, lastUsedMs: undefined };
    const use = { kind: "webhook", integration: "github" } as const;
    const list = async () => [
      { ...record, name: "hook", use, isOfOtherKey: true as const },
      { ...record, name: "fine", use },
    ];
    const { view } = await askOperation({ ...talos, tokens: { ...talos.tokens, list } }, "token list");
    expect(view.at(-1)).toMatchObject({
      tone: "warning",
      text: expect.stringMatching(/^hook was made under another key/),
    });
  });
});

describe("token revoke", () => {
  test("takes it back, once.", async () => {
    const talos = talosAt();
    const { view } = await askOperation(talos, "token create", { name: "ci", access: "operate" });
    expect(await askOperation(talos, "token revoke", { name: "CI " })).toMatchObject({ ok: true });
    expect(await talos.tokens.find(codeOf(view)[0] ?? "")).toBeUndefined();
    expect(await askOperation(talos, "token revoke", { name: "ci" })).toMatchObject({
      code: "target-not-found",
      view: [{ text: "there is no token ci" }],
    });
  });

  test("of a webhook leaves tokens of the API alone; both offer what there is.", async () => {
    const talos = talosAt();
    await askOperation(talos, "token create", { name: "api", access: "read" });
    await askOperation(talos, "token create", { name: "hook", integration: "gitea" });
    expect(await askOperation(talos, "revokewebhook", { name: "api" })).toMatchObject({ code: "target-not-found" });
    expect(await askOperation(talos, "revokewebhook", { name: "hok" })).toMatchObject({
      view: [{ text: "there is no webhook hok" }, { text: "did you mean hook?" }],
    });
    expect(await findOperation("token revoke").complete?.("name", talos, {})).toEqual(["api", "hook"]);
    expect(await findOperation("revokewebhook").complete?.("name", talos, {})).toEqual(["hook"]);
    expect(await askOperation(talos, "revokewebhook", { name: "hook" })).toMatchObject({ ok: true });
  });
});

test("All are for admins, and what shows a token or says who has one answers in private.", () => {
  for (const name of ["token create", "token list", "createwebhook", "listwebhooks"])
    expect(findOperation(name)).toMatchObject({ access: "admin", isPrivate: true });
  for (const name of ["token revoke", "revokewebhook"]) expect(findOperation(name)).toMatchObject({ access: "admin" });
});
