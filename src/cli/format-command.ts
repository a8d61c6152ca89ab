import { operations } from "../operations/operations.ts";

/** What a person types to run an operation: `talos update answer web push`. */
export function formatCommand(name: string, values: Readonly<Record<string, string | number | boolean>>): string {
  const positional = operations.find((operation) => operation.name === name)?.positional ?? Object.keys(values);
  const inOrder = positional.flatMap((argument) => (values[argument] === undefined ? [] : [String(values[argument])]));
  const options = Object.entries(values).flatMap(([argument, value]) => {
    if (positional.includes(argument) || value === false) return [];
    return value === true ? [`--${argument}`] : [`--${argument}`, String(value)];
  });
  return ["talos", ...name.split(" "), ...[...inOrder, ...options].map(quote)].join(" ");
}

/** For a POSIX shell. */
function quote(word: string): string {
  return /^[\w@%+=:,./-][\w@%+=:,./#-]*$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
