import { readFileSync } from "node:fs";

/** A process of this machine. Ids are used again, so that one is known by its start too, where the system tells it. */
export interface RunningProcess {
  readonly pid: number;
  /** In the system's own count; undefined: not known. */
  readonly started: string | undefined;
}

export function thisProcess(): RunningProcess {
  return { pid: process.pid, started: readStat(process.pid)?.started };
}

/** False only when it is certain that this process runs no more. */
export function mayRun({ pid, started }: RunningProcess): boolean {
  if (!hasProcess(pid)) return false;
  const stat = readStat(pid);
  if (stat === undefined) return true;
  const isDead = stat.state === "Z" || stat.state === "X";
  return !isDead && (started === undefined || started === stat.started);
}

function hasProcess(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is there and belongs to somebody else.
    return !(error instanceof Error && "code" in error && error.code === "ESRCH");
  }
}

/** Linux: proc_pid_stat(5), fields 3 and 22. The name before them may hold anything but ends with the last bracket. */
function readStat(pid: number): { readonly state: string; readonly started: string } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "latin1");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    const [state, started] = [fields[0], fields[19]];
    return state === undefined || started === undefined ? undefined : { state, started };
  } catch {
    return undefined;
  }
}
