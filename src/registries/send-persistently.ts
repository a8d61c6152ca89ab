import { findRetryWait, isBusy } from "./backoff.ts";
import type { Clock } from "./clock.ts";
import { type Addressee, explainNetworkFailure } from "./explain-network-failure.ts";
import { badAnswer, throttled } from "./failures.ts";
import type { Followed } from "./follow-redirects.ts";
import type { LookupTime } from "./lookup-time.ts";
import type { LookupFailure } from "./registry.ts";
import type { Answer } from "./transport.ts";

export type Answered = { readonly kind: "answer"; readonly answer: Answer } | LookupFailure;

/** Sends until there is an answer that is worth reading, or nothing more to hope for, or no time. */
export async function sendPersistently(
  send: () => Promise<Followed | LookupFailure>,
  to: Addressee,
  time: LookupTime,
  clock: Clock,
): Promise<Answered> {
  for (let attempt = 1; ; attempt += 1) {
    const sent = await send();
    if (sent.kind !== "answer" && sent.kind !== "failed")
      return sent.kind === "bad-redirect" ? badAnswer(to.name, sent.what) : sent;
    const waitMs = findRetryWait(sent, attempt, clock);
    if (waitMs === undefined || waitMs > time.remainingMs())
      return sent.kind === "failed"
        ? explainNetworkFailure(sent, sent.other === undefined ? to : describeOther(sent.other, to))
        : explainAnswer(sent.answer, to, waitMs);
    time.spend(waitMs);
    await clock.wait(waitMs, time.signal);
  }
}

function explainAnswer(answer: Answer, to: Addressee, waitMs: number | undefined): Answered {
  if (!isBusy(answer)) return { kind: "answer", answer };
  const isAskedToWait = answer.header("retry-after") !== undefined;
  if (answer.status === 429 || isAskedToWait)
    return throttled(to, isAskedToWait ? waitMs : undefined, `allows no more requests for now (${answer.status})`);
  return {
    kind: "unreachable",
    text: `${to.name} answered ${answer.status}, again and again`,
    hint: "try again later",
  };
}

/** Registries keep large things elsewhere: that this host fails is not the registry's own trouble. */
function describeOther(url: URL, to: Addressee): Addressee {
  return { ...to, name: `the storage ${url.host} of ${to.domain}`, origin: url.origin };
}
