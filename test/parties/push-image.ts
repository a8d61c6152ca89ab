import { createHash } from "node:crypto";
import { Agent as HttpAgent, request as requestHttp } from "node:http";
import { Agent as HttpsAgent, request as requestHttps } from "node:https";
import { gzipSync } from "node:zlib";

export interface ImageToPush {
  readonly repository: string;
  readonly tags: readonly string[];
  /** Makes two images with the same rest different. */
  readonly content?: string;
  readonly createdAt?: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** `linux/amd64`; several make an index. Default: one image without an index, for linux/amd64. */
  readonly platforms?: readonly string[];
  readonly format?: "oci" | "docker";
}

export interface PushedImage {
  /** What the tags point to: of the index, where there is one. */
  readonly digest: string;
  /** Of each platform's manifest, in the order of `platforms`. */
  readonly manifests: readonly string[];
}

/** A registry to push to. `authorize` gives the header's value for the scopes of a push. */
export interface PushTarget {
  readonly url: string;
  readonly ca?: string | undefined;
  readonly authorize?: ((repository: string) => string) | undefined;
}

const types = {
  oci: {
    manifest: "application/vnd.oci.image.manifest.v1+json",
    index: "application/vnd.oci.image.index.v1+json",
    config: "application/vnd.oci.image.config.v1+json",
    layer: "application/vnd.oci.image.layer.v1.tar+gzip",
  },
  docker: {
    manifest: "application/vnd.docker.distribution.manifest.v2+json",
    index: "application/vnd.docker.distribution.manifest.list.v2+json",
    config: "application/vnd.docker.container.image.v1+json",
    layer: "application/vnd.docker.image.rootfs.diff.tar.gzip",
  },
};

const emptyTar = Buffer.alloc(1024);
const layer = gzipSync(emptyTar);
const http = new HttpAgent({ keepAlive: true, maxSockets: 4 });

/** Pushes an image with one empty layer under all the tags. */
export async function pushImage(target: PushTarget, image: ImageToPush): Promise<PushedImage> {
  const { repository, tags, platforms, format = "oci" } = image;
  const isIndex = platforms !== undefined && platforms.length > 1;
  await pushBlob(target, repository, layer);
  const manifests = [];
  for (const platform of platforms ?? ["linux/amd64"]) {
    const manifest = await pushConfig(target, image, platform);
    manifests.push({ ...manifest, platform: platformOf(platform) });
    const names = isIndex ? [manifest.digest] : tags;
    for (const name of names) await putManifest(target, repository, name, types[format].manifest, manifest.body);
  }
  const digests = manifests.map(({ digest }) => digest);
  if (!isIndex) return { digest: digests[0] ?? "", manifests: digests };
  const entries = manifests.map(({ digest, body, platform }) => ({
    mediaType: types[format].manifest,
    digest,
    size: body.length,
    platform,
  }));
  const index = toJson({ schemaVersion: 2, mediaType: types[format].index, manifests: entries });
  for (const tag of tags) await putManifest(target, repository, tag, types[format].index, index);
  return { digest: digestOf(index), manifests: digests };
}

async function pushConfig(target: PushTarget, image: ImageToPush, platform: string) {
  const { repository, format = "oci", content, labels, createdAt = "2026-01-02T03:04:05Z" } = image;
  const config = toJson({
    ...platformOf(platform),
    created: createdAt,
    config: { Labels: labels, Env: content === undefined ? [] : [`CONTENT=${content}`] },
    rootfs: { type: "layers", diff_ids: [digestOf(emptyTar)] },
    history: [{ created: createdAt, created_by: "talos-test" }],
  });
  await pushBlob(target, repository, config);
  const body = toJson({
    schemaVersion: 2,
    mediaType: types[format].manifest,
    config: { mediaType: types[format].config, digest: digestOf(config), size: config.length },
    layers: [{ mediaType: types[format].layer, digest: digestOf(layer), size: layer.length }],
  });
  return { body, digest: digestOf(body) };
}

function platformOf(platform: string) {
  const [os, architecture, variant] = platform.split("/");
  return { os, architecture, ...(variant === undefined ? {} : { variant }) };
}

async function pushBlob(target: PushTarget, repository: string, body: Buffer): Promise<void> {
  const started = await send(target, repository, "POST", `/v2/${repository}/blobs/uploads/`);
  const location = new URL(started ?? "", target.url);
  location.searchParams.set("digest", digestOf(body));
  const type = { "content-type": "application/octet-stream" };
  await send(target, repository, "PUT", location.pathname + location.search, body, type);
}

async function putManifest(target: PushTarget, repository: string, name: string, type: string, body: Buffer) {
  await send(target, repository, "PUT", `/v2/${repository}/manifests/${name}`, body, { "content-type": type });
}

/** Gives the Location header. Not fetch: it would open a connection for nearly every request. */
function send(
  target: PushTarget,
  repository: string,
  method: string,
  path: string,
  body: Buffer = Buffer.alloc(0),
  headers: Readonly<Record<string, string>> = {},
): Promise<string | undefined> {
  const url = new URL(path, target.url);
  const authorization = target.authorize?.(repository);
  const options = {
    method,
    headers: { ...headers, "content-length": body.length, ...(authorization === undefined ? {} : { authorization }) },
  };
  return new Promise((resolve, reject) => {
    const request =
      url.protocol === "https:"
        ? requestHttps(url, { ...options, ca: target.ca, agent: new HttpsAgent({ maxSockets: 1 }) })
        : requestHttp(url, { ...options, agent: http });
    request.on("error", reject);
    request.on("response", (response) => {
      response.setEncoding("utf8");
      let text = "";
      response.on("data", (chunk: string) => (text += chunk));
      response.on("end", () => {
        if ((response.statusCode ?? 500) < 300) resolve(response.headers.location);
        else reject(new Error(`${method} ${path}: ${response.statusCode} ${text}`));
      });
    });
    request.end(body);
  });
}

function toJson(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}

function digestOf(bytes: Buffer): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}
