import * as z from "zod/mini";
import type { Container, ContainerDetails } from "../../container.ts";

const states = ["created", "running", "paused", "restarting", "removing", "exited", "dead"] as const;
const state = z.catch(z.enum(states), "dead");
const labels = z.nullish(z.record(z.string(), z.string()));

const listedSchema = z.array(
  z.object({
    Id: z.string(),
    Names: z.nullish(z.array(z.string())),
    Image: z.string(),
    ImageID: z.string(),
    State: state,
    Status: z.string(),
    Created: z.number(),
    Labels: labels,
  }),
);

const inspectedSchema = z.object({
  Id: z.string(),
  Image: z.string(),
  RestartCount: z.nullish(z.number()),
  State: z.object({
    StartedAt: z.nullish(z.string()),
    FinishedAt: z.nullish(z.string()),
    ExitCode: z.nullish(z.number()),
  }),
  Config: z.object({ Image: z.nullish(z.string()), Tty: z.nullish(z.boolean()) }),
});

const imageSchema = z.object({
  RepoDigests: z.nullish(z.array(z.string())),
  Config: z.nullish(z.object({ Labels: labels })),
});

/** What `GET /containers/json` answers, by name. */
export function readContainers(answer: unknown): readonly Container[] {
  return listedSchema
    .parse(answer)
    .map(
      (listed): Container => ({
        id: listed.Id,
        name: nameOf(listed.Names ?? [], listed.Id),
        image: listed.Image,
        imageId: listed.ImageID,
        state: listed.State,
        health: healthOf(listed.Status),
        status: listed.Status,
        createdMs: listed.Created * 1000,
        labels: listed.Labels ?? {},
      }),
    )
    .toSorted((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
}

export interface Inspected {
  readonly details: Omit<ContainerDetails, "repoDigests">;
  readonly hasTerminal: boolean;
}

/** What `GET /containers/{id}/json` answers, with what the list says of the same container. */
export function readInspected(answer: unknown, listed: Container): Inspected {
  const { Image, RestartCount, State, Config } = inspectedSchema.parse(answer);
  const hasRun = timeOf(State.StartedAt) !== undefined;
  const hasEnded = hasRun && listed.state !== "running" && listed.state !== "paused";
  return {
    details: {
      ...listed,
      imageReference: Config.Image ?? listed.image,
      imageId: Image,
      startedMs: hasEnded ? undefined : timeOf(State.StartedAt),
      finishedMs: timeOf(State.FinishedAt),
      exitCode: hasEnded ? (State.ExitCode ?? undefined) : undefined,
      restartCount: RestartCount ?? 0,
    },
    hasTerminal: Config.Tty ?? false,
  };
}

export interface InspectedImage {
  readonly repoDigests: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

/** What `GET /images/{id}/json` answers. */
export function readImage(answer: unknown): InspectedImage {
  const { RepoDigests, Config } = imageSchema.parse(answer);
  return { repoDigests: RepoDigests ?? [], labels: Config?.Labels ?? {} };
}

/** A container that another one links to has further names, below that one's: `/web/database`. */
function nameOf(names: readonly string[], id: string): string {
  const own = names.find((name) => name.lastIndexOf("/") === 0) ?? names[0];
  return own?.replace(/^\//, "") ?? id.slice(0, 12);
}

function healthOf(status: string): Container["health"] {
  if (status.endsWith("(healthy)")) return "healthy";
  if (status.endsWith("(unhealthy)")) return "unhealthy";
  return status.endsWith("(health: starting)") ? "starting" : undefined;
}

/** The engine writes the year 1 for never. */
function timeOf(text: string | null | undefined): number | undefined {
  const ms = Date.parse(text ?? "");
  return ms > 0 ? ms : undefined;
}
