import type { BotPorts, Clock } from "../open-bot.ts";
import { backOffMs } from "./keep-trying.ts";
import { type Session, type SignInFailure, signedOut } from "./session.ts";
import { untilAborted } from "./until-aborted.ts";

export interface StaySignedInPorts extends Clock {
  readonly signIn: (signal: AbortSignal) => Promise<Session | SignInFailure>;
  /** Called for each session; never rejects, and ends soon after its signal aborts: when the session is over. */
  readonly onSession: (session: Session, signal: AbortSignal) => Promise<void>;
  /** Why the bot is not signed in, each time that changes; undefined: it is. */
  readonly onState: (problem: string | undefined) => void;
  readonly log: Pick<BotPorts["log"], "info" | "warn">;
}

/** Discord lets a bot sign in a thousand times a day, then it takes the token away: a session as short as that is a failure. */
const stableMs = 300_000;

/** Signs in, again and again with growing pauses, until the signal aborts. Tells each reason once, and when it is over. */
export async function staySignedIn(ports: StaySignedInPorts, signal: AbortSignal): Promise<void> {
  let failures = 0;
  let told: string | undefined;
  while (!signal.aborted) {
    const startedMs = ports.now();
    const failure = await liveSession(ports, signal, () => {
      ports.log.info("Discord: signed in");
      ports.onState(undefined);
      told = undefined;
    });
    if (signal.aborted) return;
    ports.onState(failure.text);
    failures = ports.now() - startedMs > stableMs ? 1 : failures + 1;
    if (failure.text !== told) ports.log.warn(`Discord: not signed in: ${failure.text}`);
    told = failure.text;
    await ports.pause(backOffMs(failures, ports.random()), signal).catch(() => undefined);
  }
}

/** Resolves when the session has ended, or there was none. */
async function liveSession(ports: StaySignedInPorts, signal: AbortSignal, onReady: () => void): Promise<SignInFailure> {
  const outcome = await ports.signIn(signal);
  if (outcome.kind === "failed") return outcome;
  await using session = outcome;
  onReady();
  const over = new AbortController();
  const work = ports.onSession(session, AbortSignal.any([signal, over.signal]));
  const failure = await Promise.race([session.ended, untilAborted(signal, over.signal).then(() => signedOut)]);
  over.abort();
  await work;
  return failure;
}
