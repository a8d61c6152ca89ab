import { nowMs } from "../../client/time/clock.ts";
import { wordExactTime, wordNextTime, wordTime } from "../../client/time/word-time.ts";

const words = { exact: wordExactTime, next: wordNextTime, near: wordTime };

/**
 * `5 min ago`, kept up to date, with the exact time as its title; as `exact` by the clock, as `next` of what is to come.
 */
export function Time({ atMs, as = "near" }: { readonly atMs: number; readonly as?: keyof typeof words }) {
  return (
    <time dateTime={new Date(atMs).toISOString()} title={wordExactTime(atMs)}>
      {words[as](atMs, nowMs.value)}
    </time>
  );
}
