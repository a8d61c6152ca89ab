import * as z from "zod/mini";

/** Settings that the engine may know and Talos need not: they are handed on as they are. */
export type Settings = Readonly<Record<string, unknown>>;

const settings = z.record(z.string(), z.unknown());
const endpoint = z.looseObject({
  IPAMConfig: z.nullish(settings),
  Links: z.nullish(z.array(z.string())),
  Aliases: z.nullish(z.array(z.string())),
  DriverOpts: z.nullish(z.record(z.string(), z.string())),
  GwPriority: z.nullish(z.number()),
  MacAddress: z.nullish(z.string()),
  IPAddress: z.nullish(z.string()),
  NetworkID: z.nullish(z.string()),
});

/** What `GET /containers/{id}/json` answers. */
export const containerInspection = z.looseObject({
  Id: z.string(),
  Name: z.string(),
  /** Of the image's configuration: `sha256:…` */
  Image: z.string(),
  State: z.looseObject({ Running: z.boolean() }),
  Config: z.looseObject({
    Image: z.string(),
    Labels: z.nullish(z.record(z.string(), z.string())),
    Volumes: z.nullish(settings),
    StopTimeout: z.nullish(z.number()),
  }),
  HostConfig: z.looseObject({
    NetworkMode: z.nullish(z.string()),
    AutoRemove: z.nullish(z.boolean()),
    UTSMode: z.nullish(z.string()),
    Binds: z.nullish(z.array(z.string())),
    Links: z.nullish(z.array(z.string())),
    Mounts: z.nullish(z.array(z.looseObject({ Type: z.string(), Source: z.nullish(z.string()), Target: z.string() }))),
  }),
  Mounts: z.array(
    z.looseObject({
      Type: z.string(),
      Name: z.nullish(z.string()),
      Destination: z.string(),
      Mode: z.nullish(z.string()),
      RW: z.boolean(),
    }),
  ),
  NetworkSettings: z.looseObject({ Networks: z.record(z.string(), endpoint) }),
});

export type ContainerInspection = z.infer<typeof containerInspection>;
export type Endpoint = z.infer<typeof endpoint>;

/** What `GET /images/{name}/json` answers. */
export const imageInspection = z.looseObject({ Id: z.string(), Config: z.nullish(settings) });

export type ImageInspection = z.infer<typeof imageInspection>;
