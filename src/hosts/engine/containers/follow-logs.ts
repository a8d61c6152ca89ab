import type { Connection } from "../../connection.ts";
import type { Container } from "../../container.ts";
import { askEngine, explainEngineError } from "../ask-engine.ts";
import { openAnswer } from "../open-answer.ts";
import { inspectContainer } from "./inspect-container.ts";
import { openLogSplitter } from "./split-log.ts";

/** For the beginning; what follows may take days. */
const deadlineSeconds = 30;

/** The last lines a container wrote, then what it writes, as many lines at once as have come. Ends with the container. */
export async function* followLogs(
  host: string,
  connection: Connection,
  container: Container,
  lines: number,
  signal: AbortSignal,
): AsyncGenerator<readonly string[], void> {
  const { hasTerminal } = await inspectContainer(host, connection, container, signal);
  const { docker, route } = connection;
  const left = new AbortController();
  const until = AbortSignal.any([signal, route.lost, left.signal]);
  const question = { host, what: `follow the log of ${container.name}`, route, signal, deadlineSeconds };
  const query = { stdout: true, stderr: true, follow: true, tail: lines };
  const splitter = openLogSplitter(hasTerminal ? "terminal" : "frames");
  try {
    const answer = await askEngine(question, () =>
      openAnswer(docker, `/containers/${container.id}/logs`, query, until),
    );
    for await (const chunk of answer) {
      const ended = Buffer.isBuffer(chunk) ? splitter.push(chunk) : [];
      if (ended.length > 0) yield ended;
    }
    const rest = splitter.end();
    if (rest.length > 0) yield rest;
  } catch (error) {
    signal.throwIfAborted();
    route.lost.throwIfAborted();
    throw explainEngineError(error, host, question.what);
  } finally {
    left.abort();
  }
}
