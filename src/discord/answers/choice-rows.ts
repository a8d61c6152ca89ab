import type { Tone } from "../../operations/view.ts";
import { formatCustomId } from "../custom-id.ts";
import type { Button, Row, Select } from "../messages/draft.ts";
import type { Page } from "./paginate.ts";
import type { Choice } from "./piece.ts";

type Indexed = NonNullable<Page[number]["choice"]>;

/** Beside the row that turns the pages. */
const mostRows = 4;
const mostSingles = 5;
const mostGroups = 3;
/** What a phone shows of a button. */
const longLabel = 40;
const colors = { good: "green", bad: "red", quiet: "grey", warning: "grey" } as const satisfies Record<
  Tone,
  Button["color"]
>;

/**
 * What can be done next, as buttons: choices that differ only in their last argument, as the answers to one question,
 * are a row. Where they are many, or long, they are one select.
 */
export function choiceRows(choices: readonly Indexed[], answerId: string): readonly Row[] {
  const groups = groupAlike(choices);
  const isGrouped = groups.some((group) => group.length > 1);
  const isFew = isGrouped ? groups.length <= mostGroups : choices.length <= mostSingles;
  const isShort = choices.every(({ part }) => labelOf(part).length <= longLabel);
  const rows = isGrouped ? groups : [choices];
  const isFitting = rows.length <= mostRows && rows.every((row) => row.length <= mostSingles);
  if (isFew && isShort && isFitting) return rows.map((row) => row.map((choice) => button(choice, answerId)));
  return choices.length === 0 ? [] : [select(choices, answerId)];
}

function button({ index, part }: Indexed, answerId: string): Button {
  const color = part.tone === undefined ? "blurple" : colors[part.tone];
  return { label: labelOf(part), color, press: { customId: formatCustomId({ kind: "choice", answerId, index }) } };
}

function select(choices: readonly Indexed[], answerId: string): Select {
  const [first] = choices;
  return {
    customId: formatCustomId({ kind: "choose", answerId, select: first?.index ?? 0 }),
    placeholder: "What next?",
    options: choices.map(({ index, part }) => {
      const named = { label: labelOf(part), value: String(index) };
      const about = part.text.slice(named.label.length + 2);
      return about === "" ? named : { ...named, description: about };
    }),
  };
}

/** `Push web` of `Push web: redis:7.2.1 -> 7.2.2`: what is before the colon says what is done, the answer above the rest. */
function labelOf({ text }: Choice): string {
  return text.split(": ", 1).join();
}

function groupAlike(choices: readonly Indexed[]): readonly (readonly Indexed[])[] {
  const groups = Map.groupBy(choices, ({ part }) => {
    const shared = Object.entries(part.arguments).slice(0, -1);
    return shared.length === 0 ? "" : JSON.stringify([part.operation, ...shared]);
  });
  return [...groups.values()];
}
