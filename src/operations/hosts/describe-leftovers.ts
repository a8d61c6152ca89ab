// What nothing uses, for a person who decides whether it goes.
import { createHash } from "node:crypto";
import type { Leftovers } from "../../hosts/leftovers.ts";
import { shortDigest } from "../../images/short-image.ts";
import { formatBytes } from "../format-bytes.ts";
import { plural } from "../plural.ts";
import type { View } from "../view.ts";

/** `3 images (1.2 GB), 1 network and the build cache (300 MB)`; undefined: nothing. */
export function countLeftovers({ images, networks, buildCacheBytes }: Leftovers): string | undefined {
  const bytes = images.reduce((sum, image) => sum + image.bytes, 0);
  const parts = [
    ...(images.length === 0 ? [] : [`${plural(images.length, "image")} (${formatBytes(bytes)})`]),
    ...(networks.length === 0 ? [] : [plural(networks.length, "network")]),
    ...(buildCacheBytes === 0 ? [] : [`${formatBytes(buildCacheBytes)} of build cache`]),
  ];
  return parts.length === 0 ? undefined : parts.join(", ");
}

export function listLeftovers({ images, networks, buildCacheBytes }: Leftovers): View {
  const imageRows = images.map(({ name, bytes, createdMs }) => [
    shortDigest(name),
    formatBytes(bytes),
    { atMs: createdMs },
  ]);
  const networkRows = networks.map(({ name }) => [name]);
  return [
    ...(images.length === 0
      ? []
      : [{ type: "table", columns: ["image", "size", "created"], rows: imageRows } as const]),
    ...(networks.length === 0 ? [] : [{ type: "table", columns: ["network"], rows: networkRows } as const]),
    ...(buildCacheBytes === 0
      ? []
      : [{ type: "fields", fields: [{ name: "build cache", value: formatBytes(buildCacheBytes) }] } as const]),
  ];
}

/** Names exactly these leftovers: with others, more or fewer of them it is another one. */
export function fingerprintLeftovers({ images, networks, buildCacheBytes }: Leftovers): string {
  const ids = [images, networks].map((some) => some.map(({ id }) => id).sort());
  return createHash("sha256")
    .update(JSON.stringify([...ids, buildCacheBytes]))
    .digest("hex")
    .slice(0, 12);
}

export function leftOf(all: Leftovers, gone: Leftovers): Leftovers {
  const stays = <Item extends { readonly id: string }>(items: readonly Item[], removed: readonly Item[]) =>
    items.filter(({ id }) => !removed.some((other) => other.id === id));
  return {
    images: stays(all.images, gone.images),
    networks: stays(all.networks, gone.networks),
    buildCacheBytes: Math.max(0, all.buildCacheBytes - gone.buildCacheBytes),
  };
}
