export type TokenNameReading =
  | { readonly kind: "valid"; readonly name: string }
  /** `problem` follows the name of the argument: "must be …". */
  | { readonly kind: "invalid"; readonly problem: string };

const longestName = 60;

/** Lower case, whatever case it is typed in. */
export function parseTokenName(written: string): TokenNameReading {
  const name = written.trim().toLowerCase();
  if (name === "") return { kind: "invalid", problem: "must not be empty" };
  if (name.length > longestName) return { kind: "invalid", problem: `must have ${longestName} characters at most` };
  if (!/^[a-z0-9][a-z0-9._-]*$/.test(name))
    return {
      kind: "invalid",
      problem: "must be of letters, digits, `.`, `_` and `-`, and begin with a letter or digit",
    };
  return { kind: "valid", name };
}
