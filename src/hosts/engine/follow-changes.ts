import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import type Docker from "dockerode";
import { TalosError } from "../../talos-error.ts";
import { openAnswer } from "./open-answer.ts";

/** What changes the list of containers. The engine sends nothing else, least of all that health checks are run. */
const filters = {
  type: ["container"],
  event: [
    "create",
    "start",
    "die",
    "stop",
    "restart",
    "destroy",
    "rename",
    "pause",
    "unpause",
    "update",
    "health_status",
  ],
};

const longestSeconds = 20;

/**
 * Calls `onChange` at each change. Resolves when the engine takes part, with what resolves when it no longer does, for
 * whatever reason. An engine takes part at once, though it may have nothing to tell for days.
 */
export async function followChanges(
  docker: Docker,
  onChange: () => void,
  signal: AbortSignal,
  deadlineSeconds = longestSeconds,
): Promise<{ readonly ended: Promise<void> }> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), deadlineSeconds * 1000);
  const answer = await openAnswer(docker, "/events", { filters }, AbortSignal.any([signal, late.signal]))
    .catch((error: unknown) => {
      throw late.signal.aborted ? heldBack(deadlineSeconds) : error;
    })
    .finally(() => clearTimeout(timer));
  const stream = Readable.from(answer, { objectMode: false });
  const { promise, resolve } = Promise.withResolvers<void>();
  stream.on("error", () => resolve()).on("close", () => resolve());
  createInterface({ input: stream })
    .on("line", (line) => {
      if (line !== "") onChange();
    })
    .on("error", () => resolve());
  return { ended: promise };
}

function heldBack(seconds: number): TalosError {
  return new TalosError(
    "host-unreachable",
    `its changes of containers (GET /events) do not begin to come within ${seconds} s`,
    { hint: "a proxy before the engine has to pass on an answer that goes on for ever, as it comes", retryable: true },
  );
}
