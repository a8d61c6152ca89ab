import { isListening } from "../health/is-listening.ts";
import { type Finding, notes } from "./finding.ts";

/** Whether a Talos answers at its socket: either is right, but people want to know. */
export async function checkRunning(dataDirectory: string): Promise<readonly Finding[]> {
  const isRunning = await isListening(dataDirectory);
  const text = isRunning ? "a Talos runs with this data directory" : "no Talos runs with this data directory";
  return [notes("running", text, isRunning ? undefined : "talos run starts one")];
}
