import { formatCustomId } from "../custom-id.ts";
import type { Row } from "../messages/draft.ts";

/** Two controls of a message may not carry the same; these are not pressed. */
const before = 9998;
const after = 9999;

/** `◀ 2/7 ▶`; nothing where there is one page. */
export function pageRow(answerId: string, page: number, pages: number): readonly Row[] {
  if (pages < 2) return [];
  const to = (to: number) => ({ customId: formatCustomId({ kind: "page", answerId, page: to }) });
  return [
    [
      { label: "◀", press: to(page > 0 ? page - 1 : before), isDisabled: page === 0 },
      { label: `${page + 1}/${pages}`, press: to(page), isDisabled: true },
      { label: "▶", press: to(page < pages - 1 ? page + 1 : after), isDisabled: page === pages - 1 },
    ],
  ];
}
