import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { openMemoryRegistry } from "./open-memory-registry.ts";

const catalogue = {
  "docker.io/library/nginx": {
    project: "https://nginx.example",
    tags: { "1.27.2": "2024-10-03", "1.27.10": "2025-02-05" },
  },
};
const nginx = "/v2/docker.io/library/nginx";

test("tags come in pages that link to the next one", async () => {
  await using registry = await openMemoryRegistry(catalogue);
  const first = await fetch(`${registry.url}${nginx}/tags/list?n=1`);
  expect(await first.json()).toEqual({ name: "docker.io/library/nginx", tags: ["1.27.10"] });
  expect(first.headers.get("link")).toBe(`<${nginx}/tags/list?n=1&last=1.27.10>; rel="next"`);
  const second = await fetch(`${registry.url}${nginx}/tags/list?n=1&last=1.27.10`);
  expect(await second.json()).toMatchObject({ tags: ["1.27.2"] });
  expect(second.headers.get("link")).toBeNull();
});

test("a tag leads to the creation date, and every digest is that of the bytes", async () => {
  await using registry = await openMemoryRegistry(catalogue);
  const get = async (path: string) => {
    const response = await fetch(`${registry.url}${nginx}${path}`);
    const bytes = Buffer.from(await response.arrayBuffer());
    const digest = `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
    expect(response.headers.get("docker-content-digest")).toBe(digest);
    return { digest, content: JSON.parse(bytes.toString()) };
  };
  const manifest = await get("/manifests/1.27.2");
  const head = await fetch(`${registry.url}${nginx}/manifests/1.27.2`, { method: "HEAD" });
  expect(head.headers.get("docker-content-digest")).toBe(manifest.digest);
  expect((await get(`/manifests/${manifest.digest}`)).content).toEqual(manifest.content);
  const config = await get(`/blobs/${manifest.content.config.digest}`);
  expect(config.content).toMatchObject({ created: "2024-10-03T12:00:00Z" });
});

test("what is released is there from then on", async () => {
  await using registry = await openMemoryRegistry(catalogue);
  registry.release("docker.io/library/nginx", "1.28.0", "2025-04-23");
  const tags = await fetch(`${registry.url}${nginx}/tags/list`);
  expect(await tags.json()).toMatchObject({ tags: ["1.27.10", "1.27.2", "1.28.0"] });
  expect((await fetch(`${registry.url}${nginx}/manifests/1.28.0`)).status).toBe(200);
});

test.each([
  ["/v2/docker.io/library/redis/tags/list", "NAME_UNKNOWN"],
  [`${nginx}/manifests/9.9.9`, "MANIFEST_UNKNOWN"],
  [`${nginx}/blobs/sha256:${"0".repeat(64)}`, "BLOB_UNKNOWN"],
])("%s is refused as %s", async (path, code) => {
  await using registry = await openMemoryRegistry(catalogue);
  const response = await fetch(registry.url + path);
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({ errors: [{ code }] });
});
