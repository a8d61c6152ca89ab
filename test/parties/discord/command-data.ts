import type { CommandOption } from "./state/commands.ts";
import type { DiscordState } from "./state/discord-state.ts";
import { type Member, permissionsOf } from "./state/place.ts";

export type Options = Readonly<Record<string, string | number | boolean>>;

/** What Discord's client makes of `/t container logs`. */
export function commandData(
  state: DiscordState,
  member: Member,
  name: string,
  given: Options,
  focused: string | undefined,
): object {
  const [first = "", ...rest] = name.split(" ");
  const command = state.commands.all.find((each) => each.name === first);
  const needed = BigInt(command?.default_member_permissions ?? 0);
  const rights = permissionsOf(state.place, member);
  const isAllowed = (rights & needed) === needed || (rights & 8n) !== 0n;
  if (command === undefined || !isAllowed) throw new Error(`${member.name} sees no command /${first}`);
  const data = { id: command.id, name: first, type: 1, guild_id: state.place.guildId };
  return { ...data, options: nest(command.options ?? [], rest, given, focused) };
}

function nest(
  options: readonly CommandOption[],
  words: readonly string[],
  given: Options,
  focused: string | undefined,
): readonly object[] {
  const [word, ...rest] = words;
  if (word === undefined) return values(options, given, focused);
  const found = options.find(({ name, type }) => name === word && type <= 2);
  if (found === undefined)
    throw new Error(`there is no ${word} among ${options.map(({ name }) => name).join(", ") || "no sub-commands"}`);
  return [{ name: word, type: found.type, options: nest(found.options ?? [], rest, given, focused) }];
}

function values(options: readonly CommandOption[], given: Options, focused: string | undefined): readonly object[] {
  const unknown = Object.keys(given).find((name) => !options.some((option) => option.name === name && option.type > 2));
  if (unknown !== undefined) throw new Error(`there is no option ${unknown}`);
  const missing = options.find(({ name, required, type }) => (required === true && !(name in given)) || type <= 2);
  if (missing !== undefined && focused === undefined) throw new Error(`${missing.name} is missing`);
  return Object.entries(given).map(([name, value]) => {
    const option = options.find((each) => each.name === name);
    if (name === focused && option?.autocomplete !== true) throw new Error(`${name} has no autocomplete`);
    if (name !== focused && option !== undefined) checkValue(option, value);
    return { name, type: option?.type, value, ...(name === focused ? { focused: true } : {}) };
  });
}

function checkValue(
  { type, name, choices, min_value, max_value, max_length }: CommandOption,
  value: Options[string],
): void {
  const isOfType = { 3: "string", 4: "number", 5: "boolean", 10: "number" }[type] === typeof value;
  const isChoice = (choices ?? []).length === 0 || choices?.some((choice) => choice.value === value) === true;
  const isInRange =
    typeof value !== "number" || (value >= (min_value ?? -Infinity) && value <= (max_value ?? Infinity));
  const isShort = typeof value !== "string" || value.length <= (max_length ?? 6000);
  if (!isOfType || !isChoice || !isInRange || !isShort)
    throw new Error(`Discord does not let a user write ${JSON.stringify(value)} for ${name}`);
}
