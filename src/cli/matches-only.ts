import type { FoundReference } from "../files/found-reference.ts";
import { compileGlobs } from "../files/globs/compile-globs.ts";
import { TalosError } from "../talos-error.ts";
import { imageNames } from "../updates/match-reference.ts";

/** `--only GLOB`: a file, a name or an image. Without a slash a glob means a file in any folder. */
export function createOnlyMatch(globs: readonly string[]): (found: FoundReference) => boolean {
  const files = globs.map((glob) => (glob.includes("/") ? glob : `**/${glob}`));
  const isFile = compile(files);
  const isText = compile(globs);
  return (found) => isFile(found.file) || isText(found.name) || imageNames(found).some(isText);
}

function compile(include: readonly string[]): (text: string) => boolean {
  const compiled = compileGlobs({ include, exclude: [] });
  if (compiled.kind === "compiled") return compiled.matches;
  throw new TalosError("usage", `--only: ${compiled.text}`, { hint: "for example: --only 'media/**' --only nginx" });
}
