import { TalosError } from "../../talos-error.ts";
import type { ComposeRequest } from "../compose-project.ts";
import type { Container } from "../container.ts";
import type { CommandEnd, Route } from "../route.ts";
import { checkFiles } from "./check-files.ts";
import { type ComposeVersion, composeArguments, composeEnvironment } from "./compose-arguments.ts";
import { composeProjects } from "./compose-projects.ts";
import { findProject } from "./find-project.ts";
import { probeCompose } from "./probe-compose.ts";
import { readLines } from "./read-lines.ts";
import { failureLines, summariseFailure } from "./summarise-failure.ts";
import { touchesItself } from "./touches-itself.ts";
import { trustedProject } from "./trusted-project.ts";

export interface ComposeHost {
  readonly name: string;
  readonly version: ComposeVersion;
  /** There was no such compose when the host was connected to, and there may be by now; or it is not known yet. */
  readonly isDoubtful: boolean;
  readonly isRecreateForced: boolean;
  readonly route: Route;
  /** All that the host has. */
  readonly containers: readonly Container[];
  /** undefined: the image is gone. */
  readonly imageLabels: (imageId: string, signal: AbortSignal) => Promise<Container["labels"] | undefined>;
  /** The one that Talos itself runs in; undefined: none of them. */
  readonly own: Container | undefined;
  /** The projects with which a compose is at work, kept as long as the host is. */
  readonly busy: Set<string>;
}

/** The last V1 says so each time; those before know nothing else. */
const aboutNoAnsi = "--no-ansi option is deprecated";

/**
 * Runs compose where the project is, and yields what it says, line by line. Names reach it only when the containers of the
 * host know them, and as words of their own. One compose at a time works on a project: another would meet its containers
 * half made.
 */
export async function* runCompose(
  host: ComposeHost,
  request: ComposeRequest,
  signal: AbortSignal,
): AsyncGenerator<string, void> {
  const { name } = findProject(host.name, composeProjects(host.containers), request);
  const what = `compose ${request.action} of ${name}${request.service === undefined ? "" : ` (${request.service})`} on ${host.name}`;
  if (host.busy.has(name))
    throw new TalosError("already-running", `${what} must wait: compose is at work on this project`, {
      hint: "wait until it has ended, or cancel it",
      retryable: true,
    });
  host.busy.add(name);
  try {
    const project = await trustedProject(host, request, what, signal);
    const isAlone = touchesItself(host.own, project, request);
    await checkCompose(host, what, signal);
    await checkFiles(host, project, what, signal);
    if (isAlone) yield `Talos runs in ${project.name} too: what ${request.service} depends on is left alone`;
    const words = composeArguments({ ...host, ...request, project, isAlone });
    yield* runToEnd(host, words, what, signal);
  } finally {
    host.busy.delete(name);
  }
}

async function checkCompose({ isDoubtful, route, version }: ComposeHost, what: string, signal: AbortSignal) {
  if (!isDoubtful) return;
  const { composeProblem } = await probeCompose(route, version, signal);
  if (composeProblem !== undefined) throw new TalosError("compose-failed", `${what} cannot be run: ${composeProblem}`);
}

async function* runToEnd(
  { route, name }: ComposeHost,
  words: readonly string[],
  what: string,
  signal: AbortSignal,
): AsyncGenerator<string, void> {
  const left = new AbortController();
  const environment = { ...composeEnvironment, DOCKER_HOST: `unix://${route.socketThere}` };
  const command = route.spawn(words, environment, AbortSignal.any([signal, left.signal]));
  const lines: string[] = [];
  try {
    for await (const line of readLines(command)) {
      if (line.startsWith(aboutNoAnsi)) continue;
      lines.push(line);
      if (lines.length > failureLines) lines.shift();
      yield line;
    }
  } finally {
    // Who asked may have stopped listening; the project is free again when compose has ended.
    left.abort();
    await command.ended;
  }
  checkEnd(await command.ended, lines, what, name, signal);
}

function checkEnd(end: CommandEnd, lines: readonly string[], what: string, host: string, signal: AbortSignal): void {
  if (end.kind === "aborted") throw signal.reason;
  if (end.kind === "lost")
    throw new TalosError("host-unreachable", `${what} was cut off: ${end.reason}`, {
      hint: `look at the containers of ${host}: some may be changed and others not`,
      retryable: true,
    });
  if (end.exitCode === 0) return;
  const said = summariseFailure(lines);
  throw new TalosError("compose-failed", `${what} failed: ${said === "" ? `it ended with ${end.exitCode}` : said}`);
}
