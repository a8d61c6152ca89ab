import type {
  APIActionRowComponent,
  APIButtonComponent,
  APIComponentInMessageActionRow,
  APIStringSelectComponent,
} from "discord-api-types/v10";
import { label } from "../text/label.ts";
import { webAddress } from "../text/link.ts";
import type { Button, Row, Select } from "./draft.ts";
import { limits } from "./limits.ts";

type Component = APIComponentInMessageActionRow;
const colors = { blurple: 1, grey: 2, green: 3, red: 4 } as const;

/** Discord refuses a message with two controls of the same custom id: what cannot be pressed is left out. */
export function composeRows(rows: readonly Row[]): readonly APIActionRowComponent<Component>[] {
  const taken = new Set<string>();
  const composed = rows.map((row) =>
    ("customId" in row ? [composeSelect(row)] : row.map(composeButton))
      .filter((component) => component !== undefined)
      .filter((component) => isPressable(component, taken))
      .slice(0, limits.buttonsOfRow),
  );
  return composed
    .filter((components) => components.length > 0)
    .slice(0, limits.rows)
    .map((components) => ({ type: 1, components }));
}

function isPressable(component: Component, taken: Set<string>): boolean {
  if (!("custom_id" in component)) return true;
  const { custom_id: id } = component;
  if (id === "" || id.length > limits.customId || taken.has(id)) return false;
  taken.add(id);
  return true;
}

function composeButton({ label: text, color = "grey", press, isDisabled }: Button): APIButtonComponent | undefined {
  const shared = { type: 2, label: label(text, limits.buttonLabel) || "…", disabled: isDisabled === true } as const;
  if ("customId" in press) return { ...shared, style: colors[color], custom_id: press.customId };
  const url = webAddress(press.url);
  return url === undefined || url.length > limits.buttonAddress ? undefined : { ...shared, style: 5, url };
}

function composeSelect({
  customId,
  placeholder,
  options,
  most = 1,
  isDisabled,
}: Select): APIStringSelectComponent | undefined {
  const values = new Set<string>();
  const usable = options
    .filter(({ value }) => value !== "" && value.length <= limits.option && !values.has(value) && values.add(value))
    .slice(0, limits.options);
  if (usable.length === 0) return undefined;
  return {
    type: 3,
    custom_id: customId,
    placeholder: label(placeholder, limits.placeholder),
    min_values: 1,
    max_values: Math.max(1, Math.min(most, usable.length)),
    disabled: isDisabled === true,
    options: usable.map(({ label: text, value, description = "", isChosen }) => {
      const about = label(description, limits.option);
      const named = { label: label(text, limits.option) || "…", value, default: isChosen === true };
      return about === "" ? named : { ...named, description: about };
    }),
  };
}
