import { TalosError } from "../../talos-error.ts";
import { askEngine } from "../engine/ask-engine.ts";
import { interimNames } from "./interim-names.ts";
import type { RecreateHost } from "./recreate.ts";
import { recreationNotes } from "./recreation-notes.ts";
import {
  type ContainerInspection,
  containerInspection,
  type ImageInspection,
  imageInspection,
} from "./settings/inspection.ts";
import { type RecreatedContainer, recreatedContainer } from "./settings/recreated-container.ts";

export interface Recreation extends RecreatedContainer {
  readonly id: string;
  readonly name: string;
  /** What the new one is called at first. */
  readonly freshName: string;
  /** What the old one is called after that. */
  readonly keptName: string;
  readonly isRunning: boolean;
  /** How long it may take to stop. */
  readonly stopSeconds: number;
  readonly notes: readonly string[];
}

const tellSeconds = 30;
const stopSeconds = 10;

/** All that has to be known before anything is touched. Throws what forbids it. */
export async function planRecreation(host: RecreateHost, id: string, signal: AbortSignal): Promise<Recreation> {
  const { docker, route } = host.connection;
  const ask = <Answer>(what: string, call: (abortSignal: AbortSignal) => Promise<Answer>) =>
    askEngine({ host: host.name, what, route, signal, deadlineSeconds: tellSeconds }, call);
  const container = containerInspection.parse(
    await ask("look at the container", (abortSignal) => docker.getContainer(id).inspect({ abortSignal })),
  );
  const name = container.Name.replace(/^\//, "");
  const names = interimNames({ name, id: container.Id });
  refuseLasting(host, container, name);
  const image = async (reference: string): Promise<ImageInspection> =>
    imageInspection.parse(await ask(`look at image ${reference}`, () => docker.getImage(reference).inspect()));
  const newImage = await image(container.Config.Image).catch((error: unknown) => {
    throw withoutImage(error, host.name, name, container.Config.Image);
  });
  const oldImage = await image(container.Image).catch(ifGone);
  const others = await ask("list its containers", (abortSignal) => docker.listContainers({ all: true, abortSignal }));
  return {
    ...recreatedContainer(container, oldImage, newImage.Id),
    id: container.Id,
    name,
    freshName: names.fresh,
    keptName: names.kept,
    isRunning: container.State.Running,
    stopSeconds: container.Config.StopTimeout ?? stopSeconds,
    notes: recreationNotes({
      container,
      name,
      others,
      isImageGone: oldImage === undefined,
      isSameImage: newImage.Id === container.Image,
    }),
  };
}

function refuseLasting(host: RecreateHost, { HostConfig, Config }: ContainerInspection, name: string): void {
  const refuse = (why: string, hint: string) => {
    throw new TalosError("host-refused", `host ${host.name} could not recreate ${name}: ${why}`, { hint });
  };
  if (HostConfig.AutoRemove === true)
    refuse(
      "it removes itself when it stops, and could not be put back",
      "start it anew with the command that started it",
    );
  if (Config.Labels?.["com.docker.swarm.task.id"] !== undefined)
    refuse("it belongs to a swarm, which replaces it itself", "use `docker service update --force`");
}

function withoutImage(error: unknown, host: string, name: string, reference: string): unknown {
  if (!(error instanceof TalosError) || error.code !== "target-not-found") return error;
  return new TalosError(
    "host-refused",
    `host ${host} could not recreate ${name}: it does not have the image ${reference}`,
    {
      hint: "pull it first",
      cause: error,
    },
  );
}

function ifGone(error: unknown): undefined {
  if (error instanceof TalosError && error.code === "target-not-found") return undefined;
  throw error;
}
