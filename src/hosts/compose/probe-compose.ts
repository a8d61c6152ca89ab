import type { ComposeFinding } from "../keeping/host-memory.ts";
import type { Route } from "../route.ts";
import { type ComposeVersion, composeProgram } from "./compose-arguments.ts";
import { readLines } from "./read-lines.ts";

const probeSeconds = 30;

/** Which compose there is on a host, of the version that is set for it. It starts a program: once a connection is enough. */
export async function probeCompose(route: Route, wanted: ComposeVersion, signal: AbortSignal): Promise<ComposeFinding> {
  const words = composeProgram(wanted);
  const deadline = AbortSignal.timeout(probeSeconds * 1000);
  const command = route.spawn([...words, "version", "--short"], {}, AbortSignal.any([signal, deadline]));
  const lines: string[] = [];
  for await (const line of readLines(command)) lines.push(line);
  const end = await command.ended;
  signal.throwIfAborted();
  if (end.kind === "aborted") return { composeVersion: undefined, composeProblem: `\`${words.join(" ")}\` hangs` };
  if (end.kind === "lost")
    return { composeVersion: undefined, composeProblem: `\`${words.join(" ")}\` was not answered: ${end.reason}` };
  // A shell may say more than it was asked.
  const composeVersion = lines.findLast((line) => /^v?\d+\.\d+/.test(line))?.replace(/^v/, "");
  if (end.exitCode === 0 && composeVersion !== undefined) return { composeVersion, composeProblem: undefined };
  return { composeVersion: undefined, composeProblem: whyUnusable(wanted, end.exitCode, lines) };
}

function whyUnusable(wanted: ComposeVersion, exitCode: number, lines: readonly string[]): string {
  if (wanted === "V1" && exitCode === 127)
    return "there is no `docker-compose`: install it there, or set DockerVersion to V2";
  if (wanted === "V2" && exitCode === 127)
    return "there is no `docker` command: install the Docker CLI and its compose plug-in";
  if (wanted === "V2" && lines.some((line) => /is not a docker command|unknown command|unknown flag/i.test(line)))
    return "`docker` has no `compose`: install its compose plug-in there, or set DockerVersion to V1";
  return `\`${composeProgram(wanted).join(" ")}\` does not work: ${lines.at(-1) ?? `it ended with ${exitCode}`}`;
}
