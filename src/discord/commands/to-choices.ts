import { label } from "../text/label.ts";

const most = 25;
const longest = 100;

/** What is offered while somebody types. A value is exactly what the operation gets: one too long for Discord is left out. */
export function toChoices(texts: readonly string[]): readonly { readonly name: string; readonly value: string }[] {
  return texts
    .map((value) => ({ name: label(value, longest), value }))
    .filter(({ name, value }) => name !== "" && value.length <= longest)
    .slice(0, most);
}
