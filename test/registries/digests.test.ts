import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { exchanges, type FakeAnswer, startFakeRegistry } from "./fake-registry.ts";
import { digestA, digestB, openClient } from "./open-client.ts";

const path = "acme/app";
const manifest = JSON.stringify({
  schemaVersion: 2,
  mediaType: "application/vnd.oci.image.index.v1+json",
  manifests: [],
});
const manifestDigest = `sha256:${createHash("sha256").update(manifest).digest("hex")}`;
const withDigest = (digest: string): FakeAnswer => ({ headers: { "docker-content-digest": digest } });

test("A digest costs one HEAD that accepts indexes and manifests of both kinds.", async () => {
  await using registry = await startFakeRegistry(exchanges([["HEAD /v2/acme/app/manifests/1.0", withDigest(digestA)]]));
  await using client = openClient();
  expect(await client.readDigest({ domain: registry.domain, path }, "1.0")).toEqual({ kind: "found", value: digestA });
  expect(client.requests).toEqual({ head: 1, get: 0 });
  expect(registry.requests[0]?.headers["accept"]).toBe(
    "application/vnd.oci.image.index.v1+json, application/vnd.docker.distribution.manifest.list.v2+json, " +
      "application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json",
  );
});

test.each([
  ["lacks the digest", {}],
  ["is refused as a method", { status: 405 }],
  ["has an empty digest", withDigest("")],
])(
  "A registry whose HEAD %s is asked by GET, and from then on by GET alone, also by the next process.",
  async (_, head) => {
    await using registry = await startFakeRegistry((request) =>
      request.method === "HEAD"
        ? head
        : { headers: { "content-type": "application/vnd.oci.image.index.v1+json" }, body: manifest },
    );
    const repository = { domain: registry.domain, path };
    await using client = openClient();
    for (const tag of ["1.0", "1.1"])
      expect(await client.readDigest(repository, tag)).toEqual({ kind: "found", value: manifestDigest });
    expect(registry.lines).toEqual([
      "HEAD /v2/acme/app/manifests/1.0",
      "GET /v2/acme/app/manifests/1.0",
      "GET /v2/acme/app/manifests/1.1",
    ]);
    expect(client.requests).toEqual({ head: 1, get: 2 });
  },
);

test("What GET gives is hashed; a header that says otherwise does not count.", async () => {
  await using registry = await startFakeRegistry((request) =>
    request.method === "HEAD" ? {} : { headers: { "docker-content-digest": digestB }, body: manifest },
  );
  await using client = openClient();
  expect(await client.readDigest({ domain: registry.domain, path }, "1.0")).toEqual({
    kind: "found",
    value: manifestDigest,
  });
});

test.each([
  ["no digest at all", withDigest("latest"), {}, 'a digest that is none: "latest"'],
  ["a short digest", withDigest("sha256:abc"), {}, "a digest that is none"],
  ["upper case", withDigest(digestA.toUpperCase()), {}, "a digest that is none"],
  ["a web page", {}, { headers: { "content-type": "text/html" }, body: "<html>" }, "a web page (HTML)"],
  ["other JSON", {}, { body: { tags: [] } }, "JSON that is no manifest"],
  ["schema 1", {}, { body: { schemaVersion: 1 } }, "schema 1"],
  [
    "schema 1 by its type",
    { headers: { "content-type": "application/vnd.docker.distribution.manifest.v1+prettyjws" } },
    {},
    "schema 1",
  ],
])("A digest answer with %s is a bad answer.", async (_, head, get, sentence) => {
  await using registry = await startFakeRegistry((request) => (request.method === "HEAD" ? head : get));
  await using client = openClient();
  expect(await client.readDigest({ domain: registry.domain, path }, "1.0")).toMatchObject({
    kind: "bad-answer",
    text: expect.stringContaining(sentence),
  });
});

test("A sha512 digest is one, too.", async () => {
  const digest = `sha512:${"0".repeat(128)}`;
  await using registry = await startFakeRegistry(() => withDigest(digest));
  await using client = openClient();
  expect(await client.readDigest({ domain: registry.domain, path }, "1.0")).toEqual({ kind: "found", value: digest });
});

test("A tag that is not there is missing.", async () => {
  await using registry = await startFakeRegistry(() => ({ status: 404 }));
  await using client = openClient();
  expect(await client.readDigest({ domain: registry.domain, path }, "9.9")).toMatchObject({
    kind: "tag-missing",
    text: `${registry.domain} has no tag 9.9 in acme/app`,
  });
});

test("Those who ask for a tag at the same time share a request; the cache answers later ones.", async () => {
  await using registry = await startFakeRegistry(() => withDigest(digestA));
  await using client = openClient();
  const repository = { domain: registry.domain, path };
  await Promise.all(Array.from({ length: 20 }, () => client.readDigest(repository, "1.0")));
  await client.readDigest(repository, "1.0");
  expect(client.requests).toEqual({ head: 1, get: 0 });
  await client.readDigest(repository, "1.1");
  expect(client.requests).toEqual({ head: 2, get: 0 });
});

test("A fresh digest is not answered from the cache, and renews it.", async () => {
  await using registry = await startFakeRegistry(({ number }) => withDigest(number === 1 ? digestA : digestB));
  await using client = openClient();
  const repository = { domain: registry.domain, path };
  expect(await client.readDigest(repository, "1.0")).toMatchObject({ value: digestA });
  expect(await client.readDigest(repository, "1.0", { isFresh: true })).toMatchObject({ value: digestB });
  expect(await client.readDigest(repository, "1.0")).toMatchObject({ value: digestB });
  expect(client.requests.head).toBe(2);
});

test("An ignored cache answers nothing.", async () => {
  await using registry = await startFakeRegistry(() => withDigest(digestA));
  await using client = openClient({ isCacheIgnored: true });
  for (let round = 0; round < 2; round += 1) await client.readDigest({ domain: registry.domain, path }, "1.0");
  expect(client.requests.head).toBe(2);
});

test("A cache that fails, or holds what it should not, is a cache without the answer.", async () => {
  await using registry = await startFakeRegistry(() => withDigest(digestA));
  const broken = {
    get: async () => ({ not: "a digest" }),
    put: async () => {
      throw new Error("disk full");
    },
  };
  await using client = openClient({ cache: broken });
  expect(await client.readDigest({ domain: registry.domain, path }, "1.0")).toEqual({ kind: "found", value: digestA });
});
