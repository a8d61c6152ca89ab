import { useSeconds } from "../../client/time/every-second.ts";
import { formatCountdown } from "../../client/time/format-countdown.ts";
import { wordExactTime } from "../../client/time/word-time.ts";

/** `in 4 min 09 s`, second by second. */
export function Countdown({ untilMs }: { readonly untilMs: number }) {
  const left = formatCountdown(untilMs - useSeconds());
  return (
    <time class="countdown" dateTime={new Date(untilMs).toISOString()} title={wordExactTime(untilMs)}>
      {left === undefined ? "any moment" : `in ${left}`}
    </time>
  );
}
