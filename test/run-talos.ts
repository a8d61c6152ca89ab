import { spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { type PlanDocument, planDocumentSchema } from "../src/updates/plan-document.ts";
import { type TemporaryFolder, temporaryFolder } from "./parties/temporary-folder.ts";

/** A person at a shell: a home folder of their own, and nothing of this machine's settings. */
export interface TalosUser extends AsyncDisposable {
  readonly home: TemporaryFolder;
  readonly environment: Readonly<Record<string, string>>;
  run(args: readonly string[], run?: TalosStart): Promise<TalosRun>;
  /** `talos <args> --json`, its document checked against the schema. */
  plan(args: readonly string[], run?: TalosStart): Promise<PlanRun>;
}

interface TalosStart {
  readonly cwd?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

interface TalosRun {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface PlanRun extends TalosRun {
  readonly document: PlanDocument;
}

export const talosMain = join(import.meta.dirname, "../src/main.ts");

export async function talosUser(): Promise<TalosUser> {
  const home = await temporaryFolder();
  const environment = userEnvironment(home.path);
  const run: TalosUser["run"] = (args, start = {}) =>
    runProgram(args, { cwd: start.cwd ?? home.path, environment: { ...environment, ...start.environment } });
  return {
    home,
    environment,
    run,
    async plan(args, start) {
      const outcome = await run([...args, "--json"], start);
      try {
        return { ...outcome, document: planDocumentSchema.parse(JSON.parse(outcome.stdout)) };
      } catch (cause) {
        throw new Error(`no plan, status ${outcome.status}: ${outcome.stdout}${outcome.stderr}`, { cause });
      }
    },
    [Symbol.asyncDispose]: home[Symbol.asyncDispose],
  };
}

function userEnvironment(home: string): Readonly<Record<string, string>> {
  return {
    PATH: process.env.PATH ?? "",
    HOME: home,
    XDG_CACHE_HOME: join(home, "cache"),
    XDG_CONFIG_HOME: join(home, "config"),
    DOCKER_CONFIG: join(home, "docker"),
    // Compiled code is the same for all of them, and takes half of the time of a run.
    NODE_COMPILE_CACHE: join(import.meta.dirname, "../node_modules/.cache/talos-test/code"),
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_SYSTEM: "/dev/null",
  };
}

async function runProgram(args: readonly string[], { cwd, environment }: Required<TalosStart>): Promise<TalosRun> {
  const child = spawn(process.execPath, [talosMain, ...args], {
    cwd,
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<number | null>((resolve, reject) => child.on("error", reject).on("close", resolve));
  const [stdout, stderr, status] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { status, stdout, stderr };
}
