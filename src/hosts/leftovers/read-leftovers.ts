import * as z from "zod/mini";
import type { Leftovers } from "../leftovers.ts";

export interface EngineLists {
  /** What `GET /containers/json?all=true` answers. */
  readonly containers: unknown;
  /** `GET /images/json` with the filter `dangling=true` */
  readonly images: unknown;
  /** `GET /networks` */
  readonly networks: unknown;
  /** `GET /system/df` */
  readonly usage: unknown;
}

const containersSchema = z.array(
  z.object({
    ImageID: z.string(),
    HostConfig: z.nullish(z.object({ NetworkMode: z.nullish(z.string()) })),
    NetworkSettings: z.nullish(
      z.object({ Networks: z.nullish(z.record(z.string(), z.object({ NetworkID: z.nullish(z.string()) }))) }),
    ),
  }),
);
const imagesSchema = z.array(
  z.object({
    Id: z.string(),
    RepoTags: z.nullish(z.array(z.string())),
    RepoDigests: z.nullish(z.array(z.string())),
    Size: z.number(),
    Created: z.number(),
  }),
);
const networksSchema = z.array(
  z.object({
    Id: z.string(),
    Name: z.string(),
    Scope: z.string(),
    Ingress: z.nullish(z.boolean()),
    ConfigOnly: z.nullish(z.boolean()),
    Containers: z.nullish(z.record(z.string(), z.unknown())),
  }),
);
const usageSchema = z.object({
  BuildCache: z.nullish(
    z.array(z.object({ Size: z.number(), InUse: z.boolean(), Shared: z.boolean(), Type: z.string() })),
  ),
});

/** The engine's own, and those of its swarm. */
const lastingNetworks = ["bridge", "host", "none", "docker_gwbridge"];

/** What nothing uses. A container that has ended uses what it was started with: it could not be started again without. */
export function readLeftovers(lists: EngineLists): Leftovers {
  const containers = containersSchema.parse(lists.containers);
  const usedImages = new Set(containers.map(({ ImageID }) => ImageID));
  const usedNetworks = new Set(containers.flatMap(networksOf));
  const images = imagesSchema
    .parse(lists.images)
    .filter(({ Id, RepoTags }) => !usedImages.has(Id) && (RepoTags ?? []).every(isNothing));
  const networks = networksSchema
    .parse(lists.networks)
    .filter(({ Scope, Ingress, ConfigOnly }) => Scope === "local" && !Ingress && !ConfigOnly)
    .filter(({ Id, Name }) => !lastingNetworks.includes(Name) && !usedNetworks.has(Id) && !usedNetworks.has(Name))
    .filter(({ Containers }) => Object.keys(Containers ?? {}).length === 0);
  const cache = (usageSchema.parse(lists.usage).BuildCache ?? []).filter(
    ({ InUse, Shared, Type }) => !InUse && !Shared && Type !== "internal" && Type !== "frontend",
  );
  return {
    images: images.map(({ Id, RepoDigests, Size, Created }) => ({
      id: Id,
      name: (RepoDigests ?? []).find((digest) => !isNothing(digest)) ?? Id.replace(/^sha256:/, "").slice(0, 12),
      bytes: Size,
      createdMs: Created * 1000,
    })),
    networks: networks.map(({ Id, Name }) => ({ id: Id, name: Name })),
    buildCacheBytes: cache.reduce((sum, { Size }) => sum + Size, 0),
  };
}

/** By name and by id: a container knows the id only of a network that it has been in. */
function networksOf({ HostConfig, NetworkSettings }: z.infer<typeof containersSchema>[number]): readonly string[] {
  const joined = Object.entries(NetworkSettings?.Networks ?? {});
  const names = joined.flatMap(([name, { NetworkID }]) => [name, NetworkID ?? ""]);
  return [HostConfig?.NetworkMode ?? "", ...names].filter((name) => name !== "");
}

function isNothing(name: string): boolean {
  return name.startsWith("<none>");
}
