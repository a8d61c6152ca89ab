import type { CommandBody, CommandOption } from "../state/commands.ts";
import { at, type Violation } from "./violation.ts";

const subCommand = 1;
const group = 2;

/** What the schemas leave out about commands. */
export function judgeCommands(commands: readonly CommandBody[], path: string): readonly Violation[] {
  return [
    ...(commands.length > 100 ? [{ path, what: `${commands.length} commands; 100 are allowed` }] : []),
    ...judgeNames(commands, path),
    ...commands.flatMap((command, index) => judgeCommand(command, at(path, index))),
  ];
}

export function judgeCommand(command: CommandBody, path: string): readonly Violation[] {
  const size = countText(command);
  return [
    ...(size > 8000 ? [{ path, what: `${size} characters in all; 8000 are allowed` }] : []),
    ...((command.type ?? 1) === 1 && (command.description ?? "") === ""
      ? [{ path: at(path, "description"), what: "is empty" }]
      : []),
    ...judgeName(command.name, path),
    ...judgeOptions(command.options ?? [], at(path, "options"), [subCommand, group]),
  ];
}

/** `nested`: the kinds of commands that may stand here instead of options. */
function judgeOptions(
  options: readonly CommandOption[],
  path: string,
  nested: readonly number[],
): readonly Violation[] {
  const commands = options.filter(({ type }) => type === subCommand || type === group);
  const firstOptional = options.findIndex(({ type, required }) => type > group && required !== true);
  const lastRequired = options.findLastIndex(({ required }) => required === true);
  return [
    ...(options.length > 25 ? [{ path, what: `${options.length} options; 25 are allowed` }] : []),
    ...(commands.length > 0 && commands.length < options.length
      ? [{ path, what: "sub-commands and options do not stand side by side" }]
      : []),
    ...(firstOptional !== -1 && lastRequired > firstOptional
      ? [{ path, what: "required options come before optional ones" }]
      : []),
    ...judgeNames(options, path),
    ...options.flatMap((option, index) => judgeOption(option, at(path, index), nested)),
  ];
}

function judgeOption(option: CommandOption, path: string, nested: readonly number[]): readonly Violation[] {
  const wrong: string[] = [];
  const { type, choices, autocomplete } = option;
  if (type <= group && !nested.includes(type)) wrong.push("a sub-command or group does not stand here");
  if (type === group && (option.options ?? []).length === 0) wrong.push("a group without a sub-command");
  if (type > group && option.options !== undefined) wrong.push("an option has no options");
  if (autocomplete === true && (choices ?? []).length > 0) wrong.push("either choices or autocomplete");
  if (autocomplete === true && ![3, 4, 10].includes(type)) wrong.push("autocomplete is for texts and numbers");
  if (new Set(choices?.map(({ name }) => name)).size < (choices ?? []).length) wrong.push("two choices of one name");
  return [
    ...wrong.map((what) => ({ path, what })),
    ...judgeName(option.name, path),
    ...judgeOptions(option.options ?? [], at(path, "options"), type === group ? [subCommand] : []),
  ];
}

function judgeName(name: string, path: string): readonly Violation[] {
  const isAllowed = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u.test(name) && name === name.toLowerCase();
  return isAllowed ? [] : [{ path: at(path, "name"), what: `\`${name}\`: small letters, digits, - and _ are allowed` }];
}

function judgeNames(all: readonly { readonly name: string }[], path: string): readonly Violation[] {
  const names = all.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  return twice === undefined ? [] : [{ path, what: `\`${twice}\` is there twice` }];
}

function countText(command: CommandBody | CommandOption): number {
  const own = command.name.length + (command.description ?? "").length;
  const choices = "choices" in command ? (command.choices ?? []) : [];
  const nested = (command.options ?? []).reduce((sum, option) => sum + countText(option), 0);
  return choices.reduce((sum, { name, value }) => sum + name.length + String(value).length, own + nested);
}
