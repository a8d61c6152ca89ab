import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import type { FixtureRegistry, RequestTotals } from "./start-registry.ts";

export interface Command {
  readonly file: string;
  readonly arguments: readonly string[];
  readonly folder: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Statuses that mean that the work was done. */
  readonly isDone?: (status: number) => boolean;
}

export interface Measurement {
  readonly seconds: number;
  /** Peak of the process itself, not of those it starts; undefined where the system does not tell. */
  readonly memoryMegabytes: number | undefined;
  readonly totals: RequestTotals | undefined;
  readonly output: string;
}

/** Runs a command `times` times, made anew for each, and gives the run with the median time. */
export async function measure(makeCommand: () => Command, registry?: FixtureRegistry, times = 1): Promise<Measurement> {
  const runs: Measurement[] = [];
  for (let count = 0; count < times; count += 1) runs.push(await measureOnce(makeCommand(), registry));
  const median = runs.toSorted((a, b) => a.seconds - b.seconds)[Math.floor((times - 1) / 2)];
  if (median === undefined) throw new Error("measured nothing");
  return median;
}

async function measureOnce(command: Command, registry: FixtureRegistry | undefined): Promise<Measurement> {
  await registry?.counts();
  const started = performance.now();
  const child = spawn(command.file, command.arguments, {
    cwd: command.folder,
    env: { ...process.env, ...command.environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let memoryMegabytes: number | undefined;
  const sampler = setInterval(() => {
    memoryMegabytes = peakMemory(child.pid) ?? memoryMegabytes;
  }, 20);
  const [output, complaint, status] = await Promise.all([
    child.stdout.toArray(),
    child.stderr.toArray(),
    new Promise<number | null>((resolve, reject) => child.on("error", reject).on("exit", resolve)),
  ]);
  const seconds = (performance.now() - started) / 1000;
  clearInterval(sampler);
  const isDone = command.isDone ?? ((code: number) => code === 0);
  if (status === null || !isDone(status))
    throw new Error(`status ${status}: ${Buffer.concat(complaint).toString().trim().slice(0, 300)}`);
  return { seconds, memoryMegabytes, totals: await registry?.counts(), output: Buffer.concat(output).toString() };
}

/** The kernel keeps the peak itself, so the last sample before the end is nearly it. */
function peakMemory(pid: number | undefined): number | undefined {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
  } catch {
    return undefined;
  }
}
