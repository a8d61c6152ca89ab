import { TalosError } from "../talos-error.ts";
import type { Log, LogEntry } from "./store.ts";

/** How long until a follower looks for what another process wrote; what this process writes it sees at once. */
const pollMs = 500;
const entriesAtOnce = 500;
/** So often nothing new is no reason yet to think that the database came back empty. */
const quietLooks = 4;

/** `latest`: of a database that may come back empty. */
type FollowedLog = Pick<Log, "read"> & Partial<Pick<Log, "latest">>;

/** The logs' followers of one opened store. */
export interface LogFollowers {
  follow(log: FollowedLog, after: number, signal: AbortSignal): AsyncIterable<LogEntry>;
  /** This process has appended to some log. */
  tell(): void;
  /** Ends all of them. */
  close(): void;
}

export function createLogFollowers(): LogFollowers {
  const closing = new AbortController();
  const waiting = new Set<() => void>();
  let told = 0;
  const tell = () => {
    told += 1;
    for (const wake of waiting) wake();
  };
  const waitFor = (seen: number, signal: AbortSignal) =>
    new Promise<void>((resolve) => {
      if (told !== seen || signal.aborted) return resolve();
      const wake = () => {
        clearTimeout(timer);
        waiting.delete(wake);
        signal.removeEventListener("abort", wake);
        resolve();
      };
      const timer = setTimeout(wake, pollMs);
      waiting.add(wake);
      signal.addEventListener("abort", wake);
    });

  async function* follow(log: FollowedLog, after: number, signal: AbortSignal): AsyncGenerator<LogEntry> {
    const ended = AbortSignal.any([signal, closing.signal]);
    let position = after;
    let looks = 0;
    while (!ended.aborted) {
      const seen = told;
      const entries = await patiently(() => log.read(position, entriesAtOnce));
      for (const entry of entries) {
        if (ended.aborted) return;
        position = entry.position;
        yield entry;
      }
      looks = entries.length === 0 ? looks + 1 : 0;
      if (looks % quietLooks === quietLooks - 1 && (await hasBegunAnew(log, position))) position = 0;
      else if (entries.length === 0) await waitFor(seen, ended);
    }
  }
  return { follow, tell, close: () => closing.abort() };
}

/** The positions of what was lost are given again. */
async function hasBegunAnew(log: FollowedLog, position: number): Promise<boolean> {
  const [latest] = await patiently(async () => (await log.latest?.(1)) ?? []);
  return latest !== undefined && latest.position < position;
}

/** A database that is away for a while ends nobody's following. */
async function patiently(read: () => Promise<readonly LogEntry[]>): Promise<readonly LogEntry[]> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof TalosError && error.code === "store-unreachable") return [];
    throw error;
  }
}
