import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { type FakeAnswer, startFakeRegistry } from "./fake-registry.ts";
import { digestA, openClient } from "./open-client.ts";

const path = "acme/app";
const digestOf = (text: string | Buffer) => `sha256:${createHash("sha256").update(text).digest("hex")}`;

/** What a registry holds, by digest. */
function createContent() {
  const content = new Map<string, string>();
  const add = (value: object): string => {
    const text = JSON.stringify(value);
    content.set(digestOf(text), text);
    return digestOf(text);
  };
  const addImage = (settings: object, annotations?: object): string => {
    const config = { mediaType: "application/vnd.oci.image.config.v1+json", digest: add(settings) };
    return add({ schemaVersion: 2, config, layers: [], ...(annotations === undefined ? {} : { annotations }) });
  };
  const answer = (pathname: string): FakeAnswer => {
    const text = content.get(pathname.split("/").at(-1) ?? "");
    return text === undefined ? { status: 404 } : { body: text };
  };
  return { add, addImage, answer };
}

const platform = (text: string) => {
  const [os, architecture, variant] = text.split("/");
  return { os, architecture, ...(variant === undefined ? {} : { variant }) };
};

test("An image's description is its configuration's date and labels, and its manifest's annotations.", async () => {
  const content = createContent();
  const image = content.addImage(
    { created: "2026-01-02T03:04:05.678Z", config: { Labels: { version: "1", title: "label" } } },
    { title: "annotation", source: "https://example.com" },
  );
  await using registry = await startFakeRegistry(({ url }) => content.answer(url.pathname));
  await using client = openClient();
  expect(await client.describeImage({ domain: registry.domain, path }, image)).toEqual({
    kind: "found",
    value: {
      createdAt: new Date("2026-01-02T03:04:05.678Z"),
      labels: { version: "1", title: "label", source: "https://example.com" },
    },
  });
  expect(client.requests).toEqual({ head: 0, get: 2 });
});

test.each([
  [undefined, ["unknown/unknown", "linux/arm64", "linux/amd64"], "linux/amd64"],
  ["linux/arm64", ["linux/amd64", "linux/arm64/v8"], "linux/arm64/v8"],
  ["linux/arm/v7", ["linux/arm/v6", "linux/arm/v7"], "linux/arm/v7"],
  ["linux/s390x", ["linux/arm64", "linux/amd64"], "linux/amd64"],
  ["linux/s390x", ["unknown/unknown", "linux/riscv64", "windows/amd64"], "linux/riscv64"],
])("For platform %s, of %j the image for %s is described.", async (wanted, offered, expected) => {
  const content = createContent();
  const manifests = offered.map((name) => ({
    digest: content.addImage({ created: "2026-01-01T00:00:00Z", config: { Labels: { platform: name } } }),
    platform: platform(name),
  }));
  const index = content.add({ schemaVersion: 2, manifests });
  await using registry = await startFakeRegistry(({ url }) => content.answer(url.pathname));
  await using client = openClient();
  const described = await client.describeImage({ domain: registry.domain, path }, index, wanted);
  expect(described).toMatchObject({ kind: "found", value: { labels: { platform: expected } } });
});

test.each([
  ["no date", {}],
  ["the year 1", { created: "0001-01-01T00:00:00Z" }],
  ["no date but a text", { created: "yesterday" }],
])("An image with %s has no date.", async (_, settings) => {
  const content = createContent();
  const image = content.addImage(settings);
  await using registry = await startFakeRegistry(({ url }) => content.answer(url.pathname));
  await using client = openClient();
  expect(await client.describeImage({ domain: registry.domain, path }, image)).toEqual({
    kind: "found",
    value: { createdAt: undefined, labels: {} },
  });
});

test("An artifact that is no image is described by its annotations.", async () => {
  const content = createContent();
  const config = { mediaType: "application/vnd.cncf.helm.config.v1+json", digest: digestA };
  const chart = content.add({ schemaVersion: 2, config, annotations: { title: "chart" } });
  await using registry = await startFakeRegistry(({ url }) => content.answer(url.pathname));
  await using client = openClient();
  expect(await client.describeImage({ domain: registry.domain, path }, chart)).toEqual({
    kind: "found",
    value: { createdAt: undefined, labels: { title: "chart" } },
  });
});

test("A configuration may lie on another host.", async () => {
  const content = createContent();
  const image = content.addImage({ created: "2026-01-01T00:00:00Z" });
  await using storage = await startFakeRegistry(({ url }) => content.answer(url.pathname));
  await using registry = await startFakeRegistry(({ url }) =>
    url.pathname.includes("/blobs/")
      ? { status: 307, headers: { location: `${storage.origin}/${url.pathname.split("/").at(-1)}` } }
      : content.answer(url.pathname),
  );
  await using client = openClient();
  expect(await client.describeImage({ domain: registry.domain, path }, image)).toMatchObject({ kind: "found" });
  expect(client.requests.get).toBe(2);
});

test.each([
  ["another manifest than asked for", "/manifests/"],
  ["another configuration than the manifest names", "/blobs/"],
])("A registry that gives %s is not believed.", async (_, part) => {
  const content = createContent();
  const image = content.addImage({ created: "2026-01-01T00:00:00Z" });
  await using registry = await startFakeRegistry(({ url }) =>
    url.pathname.includes(part) ? { body: { created: "2030-01-01T00:00:00Z" } } : content.answer(url.pathname),
  );
  await using client = openClient();
  expect(await client.describeImage({ domain: registry.domain, path }, image)).toMatchObject({
    kind: "bad-answer",
    text: expect.stringContaining("another digest"),
  });
});

test.each([
  ["without images", { schemaVersion: 2, manifests: [] }],
  [
    "of attestations only",
    { schemaVersion: 2, manifests: [{ digest: digestA, platform: platform("unknown/unknown") }] },
  ],
  ["with an entry that has no digest", { schemaVersion: 2, manifests: [{ platform: platform("linux/amd64") }] }],
  ["with a digest that is a path", { schemaVersion: 2, manifests: [{ digest: "../../secrets" }] }],
])("An index %s is a bad answer.", async (_, value) => {
  const content = createContent();
  const index = content.add(value);
  await using registry = await startFakeRegistry(({ url }) => content.answer(url.pathname));
  await using client = openClient();
  expect(await client.describeImage({ domain: registry.domain, path }, index)).toMatchObject({ kind: "bad-answer" });
});

test("What was described once is remembered, date and all.", async () => {
  const content = createContent();
  const image = content.addImage({ created: "2026-01-01T00:00:00Z", config: { Labels: { a: "b" } } });
  await using registry = await startFakeRegistry(({ url }) => content.answer(url.pathname));
  await using client = openClient();
  const first = await client.describeImage({ domain: registry.domain, path }, image);
  client.clock.advance(86_400_000);
  expect(await client.describeImage({ domain: registry.domain, path }, image)).toEqual(first);
  expect(client.requests.get).toBe(2);
});
