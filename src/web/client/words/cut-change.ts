import { cutMiddle } from "./cut-middle.ts";
import type { ShortChange } from "./short-change.ts";

/** What is too long loses first how both begin, then its middle. */
export function cutChange({ from, to }: ShortChange, most: number): ShortChange {
  const same = sharedLength(from, to);
  const cut = (text: string): string =>
    text.length <= most || same === 0 ? cutMiddle(text, most) : cutMiddle(`…${text.slice(same)}`, most);
  return { from: cut(from), to: cut(to) };
}

/** Up to a separator: numbers stay whole. */
function sharedLength(from: string, to: string): number {
  let length = 0;
  for (let index = 0; index < from.length && from[index] === to[index]; index += 1)
    if (/[-._+:/@]/u.test(from[index] ?? "")) length = index + 1;
  return length;
}
