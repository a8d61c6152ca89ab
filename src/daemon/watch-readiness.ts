import { setTimeout as delay } from "node:timers/promises";
import type { Readiness } from "../http/http-context.ts";
import type { Jobs } from "../jobs/jobs.ts";
import type { Talos } from "../operations/talos.ts";
import type { Store } from "../store/store.ts";

interface WatchedParts {
  readonly store: Store;
  readonly jobs: Jobs;
  readonly talos: Talos;
  /** undefined: Discord is not configured. */
  readonly bot: { problem(): string | undefined } | undefined;
  readonly hasStarted: () => boolean;
}

/** What is waited for so long is down. */
const deadlineMs = 2000;

/** Asks everything that is configured and can be down. */
export async function watchReadiness({ store, jobs, talos, bot, hasStarted }: WatchedParts): Promise<Readiness> {
  const [storeProblem, jobsProblem] = await Promise.all([
    problemOf(() => store.collection("readiness").get("any")),
    hasStarted() ? problemOf(() => jobs.next("clean")) : "they have not begun yet",
  ]);
  return {
    parts: {
      store: storeProblem,
      jobs: jobsProblem,
      ...(bot === undefined ? {} : { discord: bot.problem() }),
    },
    hosts: Object.fromEntries(
      talos.hosts.all.map((host) => {
        const state = host.state();
        if (state.kind === "up") return [host.name, undefined];
        return [host.name, state.kind === "down" ? state.reason : "it is being connected"];
      }),
    ),
  };
}

async function problemOf(ask: () => Promise<unknown>): Promise<string | undefined> {
  const answered = new AbortController();
  const late = delay(deadlineMs, `no answer within ${deadlineMs / 1000} s`, { signal: answered.signal, ref: false });
  try {
    return await Promise.race([late.catch(() => undefined), ask().then(() => undefined)]);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    answered.abort();
  }
}
