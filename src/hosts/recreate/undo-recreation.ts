import { TalosError } from "../../talos-error.ts";
import { engineSteps } from "./engine-steps.ts";
import type { Recreation } from "./plan-recreation.ts";
import type { RecreateHost } from "./recreate.ts";

export interface Undone {
  readonly isBack: boolean;
  /** What became of the old container, to follow a semicolon. */
  readonly words: string;
}

/** Puts the old container back. `fresh`: the new one, where it was made; `wasStopped`: the engine was told to stop the old one. */
export async function undoRecreation(
  host: RecreateHost,
  plan: Recreation,
  { fresh, wasStopped }: { readonly fresh: string | undefined; readonly wasStopped: boolean },
): Promise<Undone> {
  const steps = engineSteps(host, plan.name);
  try {
    // It may have been made without anybody having heard of it.
    if (fresh === undefined) await steps.remove(plan.freshName, { isForced: false }).catch(ifAbsent);
    else await steps.remove(fresh, { isForced: true });
    if ((await steps.nameOf(plan.id)) !== plan.name) await steps.rename(plan.id, plan.name);
    if (wasStopped) {
      // The engine goes on stopping it when nobody waits for that any more.
      await steps.stop(plan.id, { seconds: plan.stopSeconds });
      await steps.restart(plan.id);
    }
    return { isBack: true, words: wasStopped ? "the old one runs again" : "the old one is untouched" };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { isBack: false, words: `the old one, ${plan.keptName} or ${plan.name}, could not be put back: ${why}` };
  }
}

function ifAbsent(error: unknown): void {
  if (!(error instanceof TalosError && error.code === "target-not-found")) throw error;
}
