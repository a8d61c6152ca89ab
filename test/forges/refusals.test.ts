import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { TalosError } from "../../src/talos-error.ts";
import { createSecret } from "../../src/telemetry/secret.ts";
import { type FakeAnswer, startFakeForge, token } from "./fake-forge.ts";
import { kinds, openFake } from "./forges.ts";

const branch = "talos/web-0123456789";
const text = { title: "t", body: "b" };
const certificateFile = fileURLToPath(new URL("../registries/loopback-certificate.pem", import.meta.url));
const keyFile = fileURLToPath(new URL("../registries/loopback-key.pem", import.meta.url));

/** The failure, after a look that no part of it tells the token. */
async function failureOf(doing: Promise<unknown>): Promise<TalosError> {
  const error = await doing.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof TalosError)) throw new Error("It did not fail as it should.", { cause: error });
  expect(error.code).toBe("forge-failed");
  expect(error.message).not.toContain("\n");
  expect([error.message, error.hint, error.stack, String(error.cause), JSON.stringify(error)].join()).not.toContain(
    token,
  );
  return error;
}

const needs = {
  GitLab: "the scope `api`",
  GitHub: "`Pull requests: write`",
  Gitea: "`write:repository` and `write:issue`",
  Forgejo: "`write:repository` and `write:issue`",
} as const;

describe.each(kinds)("$type", (kind) => {
  const name = kind.type === "GitLab" ? "group/sub/project" : "home/project";

  test("a wrong token is told, with what a right one needs", async () => {
    await using fake = await startFakeForge(kind.api);
    const forge = openFake(kind, fake, { token: createSecret("another") });
    const error = await failureOf(forge.open(branch, "main", text));
    expect(error.message).toMatch(
      new RegExp(
        `^no (?:merge|pull) request was opened for ${branch} in ${name}: 127.0.0.1:\\d+ does not accept the token \\(401: `,
      ),
    );
    expect(error.hint).toContain(needs[kind.type]);
    expect(error.retryable).toBe(false);
  });

  test("a repository that the token does not see may be a private one", async () => {
    await using fake = await startFakeForge(kind.api);
    const path = kind.path.replace("project", "secret");
    const error = await failureOf(openFake({ ...kind, path }, fake).find(branch, "main"));
    expect(error.message).toContain(
      `has no ${name.replace("project", "secret")}, or does not show it to this token (404: `,
    );
    expect(error.hint).toContain(needs[kind.type]);
    expect(error.retryable).toBe(false);
  });

  test("a token that may not write is told which right it lacks", async () => {
    await using fake = await startFakeForge(kind.api);
    fake.answerNext({ status: 403, body: { message: `Resource not accessible by ${token}` } });
    const error = await failureOf(openFake(kind, fake).open(branch, "main", text));
    expect(error.message).toContain("does not allow it with this token (403: Resource not accessible by [secret])");
    expect(error.hint).toContain(needs[kind.type]);
    expect(error.retryable).toBe(false);
  });

  test("the token goes to no other host, whoever sends us there", async () => {
    await using other = await startFakeForge(kind.api);
    await using fake = await startFakeForge(kind.api);
    for (const status of [301, 302, 303, 307, 308]) {
      fake.answerNext({ status, headers: { location: `${other.origin}${kind.path}?private=1` } });
      const error = await failureOf(openFake(kind, fake).open(branch, "main", text));
      expect(error.message).toContain(`sends it on to ${other.origin}${kind.path}, and the token goes nowhere else`);
      expect(error.message).not.toContain("private");
      expect(error.retryable).toBe(false);
    }
    expect(other.calls).toEqual([]);
    expect(fake.calls).toHaveLength(5);
  });

  test("a next page that is named elsewhere is asked for here", async () => {
    await using fake = await startFakeForge(kind.api);
    for (let count = 0; count < 120; count += 1) fake.keep({ branch: `feature/${count}`, target: "main" });
    expect(await openFake(kind, fake).find(branch, "main")).toBeUndefined();
  });

  test("too many requests pass, and it is known when", async () => {
    await using fake = await startFakeForge(kind.api);
    const forge = openFake(kind, fake);
    fake.answerNext({ status: 429, headers: { "retry-after": "90" }, body: "Retry later\n" });
    const error = await failureOf(forge.find(branch, "main"));
    expect(error).toMatchObject({ retryable: true, retryAfterSeconds: 90 });
    expect(error.message).toMatch(/has had too many requests \(429\); it may be asked again in 90 s$/);
    fake.answerNext({ status: 429 });
    expect(await failureOf(forge.find(branch, "main"))).toMatchObject({
      retryable: true,
      retryAfterSeconds: undefined,
    });
  });

  const faults: readonly (readonly [string, FakeAnswer, RegExp])[] = [
    ["500", { status: 500, body: { message: "500 Internal Server Error" } }, /has a fault of its own \(500: /],
    ["502 with a page", { status: 502, body: "<html>Bad Gateway</html>" }, /has a fault of its own \(502\)$/],
    ["503", { status: 503, headers: { "retry-after": "5" } }, /\(503\); it may be asked again in 5 s$/],
    ["a closed connection", "close the socket", /cannot be reached \(ECONNRESET\)$/],
  ];
  test.each(faults)("a fault of the server may pass: %s", async (_, answer, message) => {
    await using fake = await startFakeForge(kind.api);
    fake.answerNext(answer);
    const error = await failureOf(openFake(kind, fake).open(branch, "main", text));
    expect(error.message).toMatch(message);
    expect(error.retryable).toBe(true);
  });

  test("a server that does not answer is not waited for longer than the deadline", async () => {
    await using fake = await startFakeForge(kind.api);
    fake.answerNext("never answer");
    const error = await failureOf(openFake(kind, fake, { deadlineSeconds: 0.1 }).find(branch, "main"));
    expect(error.message).toMatch(/did not answer within 0\.1 s$/);
    expect(error.retryable).toBe(true);
  });

  const strange: readonly (readonly [string, string | object, string])[] = [
    ["a login page", "<!doctype html><title>Sign in</title>", "a web page (HTML)"],
    ["nothing", "", "nothing"],
    ["half an answer", '[{"iid": 1', "something else"],
    ["another JSON", { version: "1.0" }, "something else"],
    [
      "a page that is no web address",
      [{ iid: 1, number: 1, web_url: "javascript:1", html_url: "javascript:1" }],
      "something else",
    ],
  ];
  test.each(strange)("what is no answer of the API is said to be none: %s", async (_, body, form) => {
    await using fake = await startFakeForge(kind.api);
    fake.answerNext({ status: 200, body });
    const error = await failureOf(openFake(kind, fake).find(branch, "main"));
    expect(error.message).toContain(`answered 200 with ${form} where its API would tell about requests`);
    expect(error.hint).toContain("ApiUrl");
    expect(error.retryable).toBe(false);
  });

  test("an endless answer is not read to its end", async () => {
    await using fake = await startFakeForge(kind.api);
    fake.answerNext({ status: 200, body: " ".repeat(9 * 1024 * 1024) });
    expect((await failureOf(openFake(kind, fake).find(branch, "main"))).message).toMatch(/sent more than 8 MiB$/);
  });

  test("a refusal that is no doubled request is told in the server's words", async () => {
    await using fake = await startFakeForge(kind.api);
    fake.answerNext({ status: 422, body: { message: ["first\nline", { base: ["is protected"] }] } });
    const error = await failureOf(openFake(kind, fake).open(branch, "main", text));
    expect(error.message).toMatch(/refuses it \(422: first line; base is protected\)$/);
    expect(error.retryable).toBe(false);
  });

  test("a server that is not there may come back", async () => {
    const fake = await startFakeForge(kind.api);
    await fake[Symbol.asyncDispose]();
    const error = await failureOf(openFake(kind, fake).find(branch, "main"));
    expect(error.message).toMatch(/cannot be reached \(ECONNREFUSED\)$/);
    expect(error.retryable).toBe(true);
  });
});

const github = kinds[1] ?? kinds[0];
if (github === undefined) throw new Error("no forge");

test("GitHub says in three ways that there were too many requests with a 403", async () => {
  await using fake = await startFakeForge(github.api);
  const forge = openFake(github, fake);
  const reset = `${Math.floor(Date.now() / 1000) + 600}`;
  fake.answerNext(
    { status: 403, headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset }, body: { message: "x" } },
    { status: 403, headers: { "retry-after": "60" }, body: { message: "x" } },
    { status: 403, body: { message: "You have exceeded a secondary rate limit." } },
  );
  const untilReset = await failureOf(forge.find(branch, "main"));
  expect(untilReset.retryable).toBe(true);
  expect(untilReset.retryAfterSeconds).toBeGreaterThan(500);
  expect(untilReset.retryAfterSeconds).toBeLessThanOrEqual(601);
  expect(await failureOf(forge.find(branch, "main"))).toMatchObject({ retryable: true, retryAfterSeconds: 60 });
  expect(await failureOf(forge.find(branch, "main"))).toMatchObject({ retryable: true, retryAfterSeconds: undefined });
});

test("GitHub's refusal of a branch that is not there is told with its field", async () => {
  await using fake = await startFakeForge(github.api);
  const error = await failureOf(openFake(github, fake).open("gone", "main", text));
  expect(error.message).toContain("(422: Validation Failed; resource PullRequest; field head; code invalid)");
});

test("a certificate is trusted when its authority is in the file of certificates", async () => {
  const certificate = { cert: readFileSync(certificateFile, "utf8"), key: readFileSync(keyFile, "utf8") };
  await using fake = await startFakeForge(github.api, { ...certificate, certFile: certificateFile, keyFile });
  const error = await failureOf(openFake(github, fake).find(branch, "main"));
  expect(error.message).toMatch(/the certificate of 127\.0\.0\.1:\d+ is not trusted/);
  expect(error.retryable).toBe(false);
  expect(fake.calls).toEqual([]);
  expect(await openFake(github, fake, { caFile: certificateFile }).find(branch, "main")).toBeUndefined();
  const unread = await failureOf(openFake(github, fake, { caFile: "/nowhere.pem" }).find(branch, "main"));
  expect(unread.message).toContain("the certificates in /nowhere.pem cannot be read");
});

test("a token from a file may end with a line break, but hold none", async () => {
  await using fake = await startFakeForge(github.api);
  expect(await openFake(github, fake, { token: createSecret(`${token}\n`) }).find(branch, "main")).toBeUndefined();
  const broken = openFake(github, fake, { token: createSecret(`${token}\nmore`) });
  expect((await failureOf(broken.find(branch, "main"))).message).toContain("has characters that no token has");
});
