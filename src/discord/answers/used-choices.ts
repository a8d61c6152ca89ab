import type { View, ViewPart } from "../../operations/view.ts";
import type { Choice } from "./piece.ts";

/**
 * The choices that are over when one of them was chosen, by their places: itself, and the other answers to the same question.
 * Those stand beside it and are about the same thing, their first argument. What only looks stays, and may be chosen again.
 */
export function usedChoices(view: View, chosen: number, isLook: (choice: Choice) => boolean): readonly number[] {
  const places = view.flatMap((part, place) => (part.type === "choice" ? [{ part, place }] : []));
  const choice = places[chosen];
  if (choice === undefined || isLook(choice.part)) return [];
  return places.flatMap(({ part, place }, index) => {
    const [from, to] = place < choice.place ? [place, choice.place] : [choice.place, place];
    const isSame = view.slice(from, to).every((between) => isAbout(between, choice.part));
    return isSame && isAbout(part, choice.part) && !isLook(part) ? [index] : [];
  });
}

function isAbout(part: ViewPart, choice: Choice): boolean {
  return part.type === "choice" && firstArgument(part) === firstArgument(choice);
}

function firstArgument({ arguments: given }: Choice): string {
  return JSON.stringify(Object.entries(given)[0] ?? []);
}
