/** What was asked for within the last while is not asked for again, nor while it is being asked for. */
export function rememberFor<T>(keptMs: number, ask: () => Promise<T>, now: () => number): () => Promise<T> {
  let kept: { readonly answer: Promise<T>; readonly untilMs: number } | undefined;
  return () => {
    if (kept !== undefined && now() < kept.untilMs) return kept.answer;
    const answer = ask();
    kept = { answer, untilMs: now() + keptMs };
    answer.catch(() => {
      kept = undefined;
    });
    return answer;
  };
}
