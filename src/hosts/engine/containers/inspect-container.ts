import type { Connection } from "../../connection.ts";
import type { Container, ContainerDetails } from "../../container.ts";
import { askEngine } from "../ask-engine.ts";
import { inspectImage } from "./inspect-image.ts";
import { readInspected } from "./read-container.ts";

const deadlineSeconds = 30;

export interface InspectedContainer {
  readonly details: ContainerDetails;
  /** What it writes comes as a terminal gets it. */
  readonly hasTerminal: boolean;
}

export async function inspectContainer(
  host: string,
  connection: Connection,
  container: Container,
  signal: AbortSignal,
): Promise<InspectedContainer> {
  const { docker, route } = connection;
  const question = { host, what: `inspect ${container.name}`, route, signal, deadlineSeconds };
  const answer = await askEngine(question, (abortSignal) => docker.getContainer(container.id).inspect({ abortSignal }));
  const { details, hasTerminal } = readInspected(answer, container);
  const image = await inspectImage(host, connection, details.imageId, signal);
  return { details: { ...details, repoDigests: image?.repoDigests ?? [] }, hasTerminal };
}
