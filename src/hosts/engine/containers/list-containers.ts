import type { Connection } from "../../connection.ts";
import type { Container } from "../../container.ts";
import { askEngine } from "../ask-engine.ts";
import { readContainers } from "./read-container.ts";

const deadlineSeconds = 30;

/** All containers, running or not, by name. */
export async function listContainers(
  host: string,
  { docker, route }: Connection,
  signal: AbortSignal,
): Promise<readonly Container[]> {
  const question = { host, what: "list its containers", route, signal, deadlineSeconds };
  return readContainers(await askEngine(question, (abortSignal) => docker.listContainers({ all: true, abortSignal })));
}
