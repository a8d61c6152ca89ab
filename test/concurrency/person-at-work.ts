import { setTimeout as delay } from "node:timers/promises";
import type { GitRepository } from "../parties/git.ts";

export interface PersonAtWork extends AsyncDisposable {
  /** Finishes the commit in hand; gives the subjects of all that were pushed. */
  stop(): Promise<readonly string[]>;
}

const paceMs = 1000;

/** Somebody who commits and pushes as people do: again after a pull when others were quicker. */
export function personAtWork(clone: GitRepository): PersonAtWork {
  const controller = new AbortController();
  const working = work(clone, controller.signal);
  const stop = () => {
    controller.abort();
    return working;
  };
  return {
    stop,
    async [Symbol.asyncDispose]() {
      await stop();
    },
  };
}

async function work(clone: GitRepository, signal: AbortSignal): Promise<readonly string[]> {
  const subjects: string[] = [];
  while (!signal.aborted) {
    const subject = `Note ${subjects.length + 1}`;
    await clone.commit({ [`notes/${subjects.length + 1}.md`]: `${subject}\n` }, subject);
    while (!(await pushOnce(clone)));
    subjects.push(subject);
    await delay(paceMs, undefined, { signal }).catch(() => undefined);
  }
  return subjects;
}

async function pushOnce(clone: GitRepository): Promise<boolean> {
  await clone.git("pull", "--quiet", "--rebase", "origin", "main");
  return clone.git("push", "--quiet", "origin", "main").then(
    () => true,
    () => false,
  );
}
