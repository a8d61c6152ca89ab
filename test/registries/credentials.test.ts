import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createSecret } from "../../src/telemetry/secret.ts";
import { type FakeRegistry, startFakeRegistry } from "./fake-registry.ts";
import { digestA, openClient } from "./open-client.ts";

let folder: string;
let dockerConfigPath: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "talos-docker-"));
  dockerConfigPath = join(folder, "config.json");
  vi.stubEnv("PATH", `${folder}${delimiter}${process.env["PATH"] ?? ""}`);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const encode = (text: string) => Buffer.from(text).toString("base64");
const basic = (username: string, password: string) => `Basic ${encode(`${username}:${password}`)}`;
const found = { kind: "found", value: digestA };

/** Lets one account in. */
function startBasicRegistry(username: string, password: string): Promise<FakeRegistry> {
  return startFakeRegistry((request) =>
    request.headers["authorization"] === basic(username, password)
      ? { headers: { "docker-content-digest": digestA } }
      : { status: 401, headers: { "www-authenticate": 'Basic realm="here"' } },
  );
}

function writeConfig(config: object): void {
  writeFileSync(dockerConfigPath, JSON.stringify(config));
}

function writeHelper(name: string, script: string): void {
  const path = join(folder, `docker-credential-${name}`);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
}

async function lookUp(registry: FakeRegistry, options: Parameters<typeof openClient>[0] = {}) {
  await using client = openClient({ dockerConfigPath, ...options });
  return await client.readDigest({ domain: registry.domain, path: "acme/app" }, "1");
}

test("The configuration's password lets in, and is sent from the second request on.", async () => {
  await using registry = await startBasicRegistry("tom", "hunter:2ü");
  const domains = { [registry.domain]: { username: "tom", password: createSecret("hunter:2ü") } };
  await using client = openClient({ domains });
  for (const tag of ["1", "2"])
    expect(await client.readDigest({ domain: registry.domain, path: "acme/app" }, tag)).toEqual(found);
  expect(registry.requests.map((request) => request.headers["authorization"] !== undefined)).toEqual([
    false,
    true,
    true,
  ]);
});

test("The configuration's password comes before Docker's.", async () => {
  await using registry = await startBasicRegistry("tom", "right");
  writeConfig({ auths: { [registry.domain]: { auth: encode("tom:wrong") } } });
  const domains = { [registry.domain]: { username: "tom", password: createSecret("right") } };
  expect(await lookUp(registry, { domains })).toEqual(found);
});

test.each([
  ["the host", (domain: string) => domain, { auth: encode("tom:a:b") }],
  ["an address", (domain: string) => `https://${domain}/v2/`, { auth: encode("tom:a:b") }],
  ["the host, with plain texts", (domain: string) => domain, { username: "tom", password: "a:b" }],
])("Docker's config.json lets in by %s.", async (_, key, entry) => {
  await using registry = await startBasicRegistry("tom", "a:b");
  writeConfig({ auths: { "other.example": { auth: encode("x:y") }, [key(registry.domain)]: entry } });
  expect(await lookUp(registry)).toEqual(found);
});

test.each([
  ["the host's own", (domain: string) => ({ credHelpers: { [domain]: "test" } })],
  ["the one for all", () => ({ credsStore: "test" })],
  [
    "the host's own before the one for all",
    (domain: string) => ({ credHelpers: { [domain]: "test" }, credsStore: "missing" }),
  ],
  [
    "it although the file lists the host without a password",
    (domain: string) => ({ credsStore: "test", auths: { [domain]: {} } }),
  ],
])("A credential helper is asked: %s.", async (_, config) => {
  await using registry = await startBasicRegistry("tom", "kept");
  writeHelper(
    "test",
    `cat > "${folder}/asked"; echo " $1" >> "${folder}/asked"; echo '{"ServerURL":"x","Username":"tom","Secret":"kept"}'`,
  );
  writeConfig(config(registry.domain));
  expect(await lookUp(registry)).toEqual(found);
  expect(readFileSync(join(folder, "asked"), "utf8")).toBe(`${registry.domain}\n get\n`);
});

test("A helper is asked once, however many look up.", async () => {
  await using registry = await startBasicRegistry("tom", "kept");
  writeHelper("test", `echo asked >> "${folder}/asked"; echo '{"Username":"tom","Secret":"kept"}'`);
  writeConfig({ credsStore: "test" });
  await using client = openClient({ dockerConfigPath });
  const tags = Array.from({ length: 20 }, (_, index) => `${index}`);
  await Promise.all(tags.map((tag) => client.readDigest({ domain: registry.domain, path: "acme/app" }, tag)));
  expect(readFileSync(join(folder, "asked"), "utf8")).toBe("asked\n");
});

test("Credentials that change are read again after a while.", async () => {
  await using registry = await startBasicRegistry("tom", "new");
  writeConfig({ auths: { [registry.domain]: { auth: encode("tom:old") } } });
  await using client = openClient({ dockerConfigPath });
  const repository = { domain: registry.domain, path: "acme/app" };
  expect(await client.readDigest(repository, "1")).toMatchObject({ kind: "denied" });
  writeConfig({ auths: { [registry.domain]: { auth: encode("tom:new") } } });
  client.clock.advance(301_000);
  expect(await client.readDigest(repository, "1")).toEqual(found);
});

test.each([
  ["is not installed", "absent", "", "docker-credential-absent could not be run (it is not installed)"],
  ["has a name that is a path", "../evil", "", 'credential helper "../evil" has no valid name'],
  ["has a name with a shell in it", "x;touch${IFS}pwned", "", "has no valid name"],
  ["answers something else", "test", "echo hello", "docker-credential-test gave no credentials"],
  ["fails", "test", "exit 3", "docker-credential-test gave no credentials"],
])("A helper that %s gives nothing, and the person learns why.", async (_, name, script, note) => {
  await using registry = await startBasicRegistry("tom", "kept");
  if (script !== "") writeHelper(name, script);
  writeConfig({ credsStore: name });
  expect(await lookUp(registry)).toMatchObject({ kind: "denied", hint: expect.stringContaining(note) });
});

test("A helper that does not know the host is no fault; the file's own entry counts.", async () => {
  await using registry = await startBasicRegistry("tom", "kept");
  writeHelper("test", "echo credentials not found in native keychain; exit 1");
  writeConfig({ credsStore: "test", auths: { [registry.domain]: { auth: encode("tom:kept") } } });
  expect(await lookUp(registry)).toEqual(found);
  writeConfig({ credsStore: "test" });
  expect(await lookUp(registry)).toMatchObject({
    kind: "denied",
    hint: expect.not.stringContaining("docker-credential"),
  });
});

test.each([
  ["from a helper", (domain: string) => ({ credHelpers: { [domain]: "test" } })],
  [
    "from config.json",
    (domain: string) => ({ auths: { [domain]: { auth: encode("x:"), identitytoken: "identity" } } }),
  ],
])("An identity token %s is exchanged by POST.", async (_, config) => {
  await using tokens = await startFakeRegistry(() => ({ body: { access_token: "good", expires_in: 60 } }));
  await using registry = await startFakeRegistry((request) =>
    request.headers["authorization"] === "Bearer good"
      ? { headers: { "docker-content-digest": digestA } }
      : { status: 401, headers: { "www-authenticate": `Bearer realm="${tokens.origin}/oauth2",service="here"` } },
  );
  writeHelper("test", `echo '{"Username":"<token>","Secret":"identity"}'`);
  writeConfig(config(registry.domain));
  expect(await lookUp(registry)).toEqual(found);
  expect(tokens.lines).toEqual(["POST /oauth2"]);
  expect(Object.fromEntries(new URLSearchParams(tokens.requests[0]?.body))).toEqual({
    grant_type: "refresh_token",
    client_id: "talos",
    refresh_token: "identity",
    service: "here",
    scope: "repository:acme/app:pull",
  });
});

test.each([
  ["no JSON", "{", "cannot be read (no JSON)"],
  ["a list", "[]", "holds no JSON object"],
])("A config.json that is %s is told where access is denied.", async (_, text, note) => {
  await using registry = await startBasicRegistry("tom", "kept");
  writeFileSync(dockerConfigPath, text);
  expect(await lookUp(registry)).toMatchObject({ kind: "denied", hint: expect.stringContaining(note) });
});

test("A mirror does not get the credentials of the registry it stands for.", async () => {
  await using mirror = await startBasicRegistry("tom", "hub");
  writeConfig({ auths: { "https://index.docker.io/v1/": { auth: encode("tom:hub") } } });
  await using client = openClient({ dockerConfigPath, domains: { "docker.io": { endpoint: mirror.origin } } });
  expect(await client.readDigest({ domain: "docker.io", path: "library/redis" }, "7")).toMatchObject({
    kind: "denied",
  });
  expect(mirror.requests.map((request) => request.headers["authorization"])).toEqual([undefined]);
});

test("Half a configured account is not used, and the person learns so.", async () => {
  await using registry = await startBasicRegistry("tom", "kept");
  expect(await lookUp(registry, { domains: { [registry.domain]: { username: "tom" } } })).toMatchObject({
    kind: "denied",
    hint: expect.stringContaining("of Username and Password only one is configured"),
  });
});
