import { visibleText } from "../../client/words/visible-text.ts";

/** A name or a sentence from outside: its direction is its own, and nothing in it is unseen. */
export function Words({ children }: { readonly children: string }) {
  return <bdi class="words">{visibleText(children)}</bdi>;
}
