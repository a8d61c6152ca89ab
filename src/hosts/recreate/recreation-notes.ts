import * as z from "zod/mini";
import type { ContainerInspection } from "./settings/inspection.ts";

export interface RecreationFacts {
  readonly container: Pick<ContainerInspection, "Id" | "Config">;
  readonly name: string;
  /** What `GET /containers/json?all=true` answers. */
  readonly others: unknown;
  readonly isImageGone: boolean;
  readonly isSameImage: boolean;
}

const listedSchema = z.array(
  z.object({
    Id: z.string(),
    Names: z.nullish(z.array(z.string())),
    HostConfig: z.nullish(z.object({ NetworkMode: z.nullish(z.string()) })),
  }),
);

/** What a person should know who recreates a container, a sentence each. */
export function recreationNotes(facts: RecreationFacts): readonly string[] {
  const { container, name, isImageGone, isSameImage } = facts;
  const others = listedSchema.parse(facts.others);
  const sharers = others
    .filter(({ HostConfig }) =>
      [`container:${container.Id}`, `container:${name}`].includes(HostConfig?.NetworkMode ?? ""),
    )
    .flatMap(({ Names }) => Names?.[0]?.replace(/^\//, "") ?? []);
  // Who links to it has a name for it below its own: `/web/database`.
  const links = (others.find(({ Id }) => Id === container.Id)?.Names ?? []).flatMap(
    (each) => /^\/([^/]+)\/[^/]+$/.exec(each)?.[1] ?? [],
  );
  return [
    ...sharers.map((other) => `${other} uses the network of ${name}: recreate it too, or it has none.`),
    ...links.map((other) => `${other} links to ${name}: recreate it too, or it does not find it.`),
    ...(isSameImage ? [`${container.Config.Image} is still the same image.`] : []),
    ...(isImageGone ? ["Its old image is gone, so settings that came from it were kept."] : []),
  ];
}
