import { TalosError } from "../../../talos-error.ts";
import type { Connection } from "../../connection.ts";
import { askEngine } from "../ask-engine.ts";
import { openAnswer, readAnswer } from "../open-answer.ts";
import { type InspectedImage, readImage } from "./read-container.ts";

const deadlineSeconds = 30;
const limitBytes = 4 * 1024 * 1024;

/** undefined: it is gone, as it may be removed by force from under its container, or tells more than anybody would read. */
export async function inspectImage(
  host: string,
  { docker, route }: Connection,
  imageId: string,
  signal: AbortSignal,
): Promise<InspectedImage | undefined> {
  const question = { host, what: `look at image ${imageId}`, route, signal, deadlineSeconds };
  const answer = await askEngine(question, async (abort) =>
    readAnswer(await openAnswer(docker, `/images/${imageId}/json`, {}, abort), limitBytes),
  ).catch(ignoreAbsent);
  return answer === undefined || answer === "too-long" ? undefined : readImage(JSON.parse(answer.toString()));
}

function ignoreAbsent(error: unknown): undefined {
  if (!(error instanceof TalosError && error.code === "target-not-found")) throw error;
}
