import type { Operation } from "../../operations/operation.ts";

/** What Discord tells of a command that was given, or is being typed. */
export interface CommandData {
  readonly name: string;
  readonly options?: readonly CommandOption[] | undefined;
}

export interface CommandOption {
  readonly name: string;
  readonly value?: string | number | boolean | undefined;
  /** This is being typed. */
  readonly focused?: boolean | undefined;
  readonly options?: readonly CommandOption[] | undefined;
}

export interface Command {
  readonly operation: Operation;
  /** As Discord gave them; the operation checks them. */
  readonly given: Readonly<Record<string, string | number | boolean>>;
}

/** undefined: there is no such operation, or not any more. */
export function readCommand(data: CommandData, operations: readonly Operation[]): Command | undefined {
  const found = findOperation(data, operations);
  return found && { operation: found.operation, given: valuesOf(found.options) };
}

export interface Typing extends Command {
  readonly argument: string;
  readonly typed: string;
}

/** `given` are the other arguments, as far as they are there. */
export function readTyping(data: CommandData, operations: readonly Operation[]): Typing | undefined {
  const found = findOperation(data, operations);
  const focused = found?.options.find((option) => option.focused === true);
  if (found === undefined || focused === undefined) return undefined;
  const given = valuesOf(found.options.filter((option) => option !== focused));
  return { operation: found.operation, given, argument: focused.name, typed: String(focused.value ?? "") };
}

function findOperation({ name, options = [] }: CommandData, operations: readonly Operation[]) {
  const [entry] = options;
  if (name !== "t" || entry === undefined) return undefined;
  const [inner] = entry.options ?? [];
  // A group has one sub-command in it; the options of a sub-command have values.
  const isGroup = inner !== undefined && inner.value === undefined && inner.focused === undefined;
  const wanted = isGroup ? `${entry.name} ${inner.name}` : entry.name;
  const operation = operations.find((one) => one.name === wanted);
  return operation && { operation, options: (isGroup ? inner.options : entry.options) ?? [] };
}

function valuesOf(options: readonly CommandOption[]): Command["given"] {
  return Object.fromEntries(options.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])));
}
