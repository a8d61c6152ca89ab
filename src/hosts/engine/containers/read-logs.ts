import { TalosError } from "../../../talos-error.ts";
import type { Connection } from "../../connection.ts";
import type { Container } from "../../container.ts";
import { askEngine } from "../ask-engine.ts";
import { openAnswer, readAnswer } from "../open-answer.ts";
import { inspectContainer } from "./inspect-container.ts";
import { splitLog } from "./split-log.ts";

const deadlineSeconds = 30;
const limitBytes = 32 * 1024 * 1024;

/** The last lines a container wrote, oldest first, nothing in them changed. */
export async function readLogs(
  host: string,
  connection: Connection,
  container: Container,
  lines: number,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { hasTerminal } = await inspectContainer(host, connection, container, signal);
  const query = { stdout: true, stderr: true, tail: lines };
  const question = {
    host,
    what: `read the log of ${container.name}`,
    route: connection.route,
    signal,
    deadlineSeconds,
  };
  const answer = await askEngine(question, async (abort) =>
    readAnswer(await openAnswer(connection.docker, `/containers/${container.id}/logs`, query, abort), limitBytes),
  );
  if (answer === "too-long")
    throw new TalosError("host-refused", `the last ${lines} lines of ${container.name} on ${host} are too long`, {
      hint: "ask for fewer lines",
    });
  return splitLog(answer, hasTerminal ? "terminal" : "frames").slice(-lines);
}
