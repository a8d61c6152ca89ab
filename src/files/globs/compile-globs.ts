/**
 * Which files of a source are looked at. A glob is relative to the source's root: `*` is anything within one name, `**`
 * any number of folders, everything else is itself, in any case and with a point in front or not. So `Dockerfile` is
 * the one in the root folder and one behind `**` and a slash every one. What lies in a `.git` folder never counts.
 *
 * A source may bring globs of its own (`.talos.yaml`), so matching must run in linear time, whatever they are.
 */
import { RE2JS } from "re2js";

export interface Globs {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

export type CompiledGlobs =
  /** `path` has forward slashes and none in front. */
  | { readonly kind: "compiled"; readonly matches: (path: string) => boolean }
  | { readonly kind: "invalid"; readonly glob: string; readonly text: string };

export function compileGlobs({ include, exclude }: Globs): CompiledGlobs {
  for (const glob of [...include, ...exclude]) {
    const text = findFault(glob);
    if (text !== undefined) return { kind: "invalid", glob, text };
  }
  const included = compileAny(include);
  const excluded = compileAny([...exclude, "**/.git/**"]);
  return { kind: "compiled", matches: (path) => included.matches(path) && !excluded.matches(path) };
}

function findFault(glob: string): string | undefined {
  if (glob.trim() === "") return "A glob is empty; write one such as **/compose.yaml, or remove it.";
  if (glob.length > 500) return `The glob ${glob.slice(0, 40)}… is longer than 500 characters; write several.`;
  const sign = /[?{}\\!]/.exec(glob)?.[0];
  if (sign === "\\") return `The glob ${glob} has a backslash; write / between folders.`;
  if (sign === "!") return `The glob ${glob} has a !; write it without under ExcludeGlobs.`;
  if (sign !== undefined)
    return `The glob ${glob} has a ${sign}, which has no meaning here; write one glob for each form.`;
  if (glob.split("/").includes(".."))
    return `The glob ${glob} leads out of the source; write it from the source's root.`;
  return undefined;
}

function compileAny(globs: readonly string[]): { readonly matches: (path: string) => boolean } {
  if (globs.length === 0) return { matches: () => false };
  const expression = RE2JS.compile(globs.map(globExpression).join("|"), RE2JS.CASE_INSENSITIVE | RE2JS.DOTALL);
  return { matches: (path) => expression.matches(path) };
}

function globExpression(glob: string): string {
  const names = glob.split("/").filter((name, index, all) => name !== "." && (name !== "" || index === all.length - 1));
  const last = names.pop() ?? "";
  const folders = names.map((name) => (name === "**" ? "(?:[^/]+/)*" : `${nameExpression(name)}/`));
  return `(?:${folders.join("")}${last === "**" || last === "" ? ".+" : nameExpression(last)})`;
}

function nameExpression(name: string): string {
  return name
    .split(/\*+/)
    .map((part) => RE2JS.quote(part))
    .join("[^/]*");
}
