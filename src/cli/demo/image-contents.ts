import { createHash } from "node:crypto";

/** Bytes with the digest that names them. */
export interface Content {
  readonly digest: string;
  readonly bytes: Buffer;
  readonly mediaType: string;
}

/** An image without layers, whose configuration says what it is. The same facts make the same digests. */
export function makeImage(facts: {
  readonly repository: string;
  readonly tag: string;
  readonly created: string;
  readonly project: string;
}): { readonly manifest: Content; readonly config: Content } {
  const config = toContent("application/vnd.oci.image.config.v1+json", {
    created: `${facts.created}T12:00:00Z`,
    architecture: "amd64",
    os: "linux",
    config: {
      Labels: {
        "org.opencontainers.image.title": facts.repository,
        "org.opencontainers.image.version": facts.tag,
        "org.opencontainers.image.source": facts.project,
      },
    },
    rootfs: { type: "layers", diff_ids: [] },
  });
  const mediaType = "application/vnd.oci.image.manifest.v1+json";
  const manifest = toContent(mediaType, {
    schemaVersion: 2,
    mediaType,
    config: { mediaType: config.mediaType, digest: config.digest, size: config.bytes.length },
    layers: [],
  });
  return { manifest, config };
}

function toContent(mediaType: string, value: unknown): Content {
  const bytes = Buffer.from(JSON.stringify(value));
  return { digest: `sha256:${createHash("sha256").update(bytes).digest("hex")}`, bytes, mediaType };
}
