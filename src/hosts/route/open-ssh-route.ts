import { existsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { endWithInput } from "../../programs/end-with-input.ts";
import { type HostProblem, passing, unreachable } from "../host-problem.ts";
import { explainSsh } from "./explain-ssh.ts";
import type { OpenedRoute } from "./opened-route.ts";
import { programEnvironment } from "./program-environment.ts";
import { runTethered } from "./run-tethered.ts";
import { spawnTethered, type TetheredProgram } from "./spawn-tethered.ts";
import { connectionArguments, pinnedName, type SshFiles, type SshPatience, sessionArguments } from "./ssh-arguments.ts";
import { findFileProblem, type SshTarget } from "./ssh-target.ts";

export interface SshRouteStart {
  readonly host: string;
  readonly target: SshTarget;
  /** The engine's socket there. */
  readonly socketThere: string;
  /** Beginning of the paths of its files, used by no other connection. */
  readonly filesPrefix: string;
  readonly graceSeconds: number;
  readonly patience: SshPatience;
}

const endSeconds = 2;
const lookMs = 30;
const complaintLimit = 8192;

/** One ssh process, which everything to that host goes through, and which ends with this process however that ends. */
export async function openSshRoute(start: SshRouteStart, signal: AbortSignal): Promise<OpenedRoute | HostProblem> {
  const { target, filesPrefix } = start;
  const problem = await findFileProblem(target);
  if (problem !== undefined) return problem;
  const files: SshFiles = {
    controlSocket: `${filesPrefix}.c`,
    engineSocket: `${filesPrefix}.e`,
    pinnedKeys: `${filesPrefix}.k`,
  };
  if (target.knownHosts.kind === "pinned")
    await writeFile(files.pinnedKeys, `${pinnedName} ${target.knownHosts.key}\n`, { mode: 0o600 });
  const program = spawnTethered(
    endWithInput(connectionArguments(target, files, start.socketThere, start.patience), endSeconds),
    sshEnvironment(),
  );
  const complaint = readComplaint(program);
  const outcome = await waitForSocket(program, files.controlSocket, start.patience, signal);
  if (outcome === "open") {
    complaint.forget();
    return makeRoute(start, files, program, complaint);
  }
  await close(program, files);
  signal.throwIfAborted();
  return outcome === "late" ? explainSsh("timed out", target) : explainSsh(complaint.text(), target);
}

function makeRoute(start: SshRouteStart, files: SshFiles, program: TetheredProgram, complaint: Complaint): OpenedRoute {
  const { host, target, socketThere, graceSeconds } = start;
  const lost = new AbortController();
  let why: HostProblem | undefined;
  const lose = (problem: HostProblem) => {
    why ??= problem;
    lost.abort(unreachable(host, why));
  };
  void program.ended.then(() => lose(explainSsh(complaint.text(), target)));
  return {
    socketPath: files.engineSocket,
    socketThere,
    lost: lost.signal,
    whyLost: () => why,
    spawn(command, environment, signal) {
      signal.throwIfAborted();
      lost.signal.throwIfAborted();
      const session = sessionArguments(files, endWithInput(command, graceSeconds), environment);
      const running = spawnTethered(session, sshEnvironment());
      return runTethered(running, { signal, lost: lost.signal, graceSeconds, failedWay: 255 });
    },
    async [Symbol.asyncDispose]() {
      lose(passing("the connection to it was given up"));
      await close(program, files);
    },
  };
}

/** The sockets are there when the host has let Talos in. */
async function waitForSocket(
  program: TetheredProgram,
  path: string,
  { connectSeconds }: SshPatience,
  signal: AbortSignal,
): Promise<"open" | "ended" | "late"> {
  let hasEnded = false;
  void program.ended.then(() => {
    hasEnded = true;
  });
  // All in all: ssh's own limit is for what comes before signing in.
  const untilMs = performance.now() + 2000 * connectSeconds;
  while (!hasEnded && !signal.aborted) {
    if (existsSync(path)) return "open";
    if (performance.now() > untilMs) return "late";
    await delay(lookMs);
  }
  return "ended";
}

async function close(program: TetheredProgram, files: SshFiles): Promise<void> {
  program.end();
  await program.ended;
  await Promise.all(Object.values(files).map((path: string) => rm(path, { force: true })));
}

interface Complaint {
  text(): string;
  forget(): void;
}

function readComplaint({ child }: TetheredProgram): Complaint {
  let text = "";
  child.stdout.resume();
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    text = (text + chunk).slice(-complaintLimit);
  });
  return {
    text: () => text,
    forget() {
      text = "";
    },
  };
}

/** In English, as its words are read. */
function sshEnvironment(): Record<string, string | undefined> {
  return { ...programEnvironment(process.env), LC_ALL: "C", SSH_ASKPASS_REQUIRE: "never" };
}
