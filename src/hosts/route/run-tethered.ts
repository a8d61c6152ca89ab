import { setTimeout as delay } from "node:timers/promises";
import type { CommandEnd, RunningCommand } from "../route.ts";
import type { TetheredProgram } from "./spawn-tethered.ts";

export interface CommandTether {
  /** Of who asked for it. */
  readonly signal: AbortSignal;
  /** Of the way it was started on. */
  readonly lost: AbortSignal;
  readonly graceSeconds: number;
  /** ssh's own exit code, which may mean that the way is being lost. */
  readonly failedWay: number | undefined;
}

/** What is killed there after the grace period has this long to be told here. */
const spareMs = 5000;
const noticeMs = 1000;

/** A program that ends with who asked for it, or with the way to it. */
export function runTethered(program: TetheredProgram, tether: CommandTether): RunningCommand {
  const { child } = program;
  const over = AbortSignal.any([tether.signal, tether.lost]);
  let killer: NodeJS.Timeout | undefined;
  let wasTold = false;
  const end = () => {
    wasTold = true;
    program.end();
    killer = setTimeout(
      () => {
        program.kill();
        child.stdout.destroy();
        child.stderr.destroy();
      },
      tether.graceSeconds * 1000 + spareMs,
    );
  };
  over.addEventListener("abort", end, { once: true });
  if (over.aborted) end();
  const finish = async (): Promise<CommandEnd> => {
    const { exitCode, fault } = await program.ended;
    over.removeEventListener("abort", end);
    clearTimeout(killer);
    if (wasTold && tether.signal.aborted) return { kind: "aborted" };
    if (exitCode !== undefined && exitCode === tether.failedWay) await notice(tether.lost);
    if (tether.lost.aborted) return { kind: "lost", reason: wordsOf(tether.lost.reason) };
    if (exitCode === undefined) return { kind: "lost", reason: fault ?? "it was killed" };
    return { kind: "exited", exitCode };
  };
  return { output: child.stdout, errors: child.stderr, ended: finish() };
}

/** A connection's end is heard of by all who use it, in any order. */
async function notice(lost: AbortSignal): Promise<void> {
  await delay(noticeMs, undefined, { signal: lost }).catch(() => undefined);
}

function wordsOf(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason);
}
