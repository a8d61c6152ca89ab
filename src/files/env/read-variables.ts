import { interpolate } from "../interpolation/interpolate.ts";
import type { Resolution, Variables } from "../interpolation/variables.ts";
import { wholeSegment } from "../placed-text.ts";
import type { SourceText } from "../source-text.ts";
import { parseEnv } from "./parse-env.ts";

/**
 * The variables of one or more `.env` files, read in order: the last assignment of a name counts, and a value may name
 * variables that are set above it. A file that is not there sets nothing; one that cannot be read leaves every variable
 * unresolved, as Compose would not start.
 */
export function readVariables(paths: readonly string[], sourceText: SourceText): Variables {
  const values = new Map<string, Resolution>();
  const home = paths.join(" or ");
  const variables: Variables = { valueOf: (name) => values.get(name), home };
  for (const path of paths) {
    const file = sourceText(path);
    if (file.kind === "missing") continue;
    if (file.kind === "refused") return unreadable(home, `${path} cannot be read: ${file.reason}`);
    const env = parseEnv(path, file.text);
    if (env.kind === "invalid")
      return unreadable(home, `${path} cannot be read, line ${env.line}, column ${env.column}: ${env.text}`);
    for (const { name, value, isTemplate } of env.assignments)
      values.set(
        name,
        isTemplate ? interpolate(value, variables) : { kind: "resolved", segments: [wholeSegment(value)] },
      );
  }
  return variables;
}

function unreadable(home: string, text: string): Variables {
  return { valueOf: () => ({ kind: "unresolved", text }), home };
}
