import type { FileProblem } from "../found-reference.ts";
import type { SourceText } from "../source-text.ts";
import { type ComposeInclude, listIncludes, readIncludes } from "./list-includes.ts";
import type { Project } from "./project.ts";
import { type ComposeFile, problemAt } from "./read-compose-file.ts";

export interface CheckedIncludes {
  readonly includes: readonly ComposeInclude[];
  readonly problems: readonly FileProblem[];
}

/** The includes of a file, and what is wrong with them: a file that is not there, or one that leads back to this one. */
export function checkIncludes(project: Project, file: ComposeFile, sourceText: SourceText): CheckedIncludes {
  const { includes, problems } = readIncludes(project, file);
  const found = [...problems];
  for (const include of includes) {
    const text = sourceText(include.path);
    if (text.kind === "missing")
      found.push(problemAt(file, include.at, `The included ${include.path} is not there: add it, or remove the line.`));
    else if (text.kind === "refused")
      found.push(problemAt(file, include.at, `The included ${include.path} cannot be read: ${text.reason}`));
    else if (leadsTo(file.path, include.path, sourceText))
      found.push(
        problemAt(file, include.at, `The included ${include.path} includes this file again: break the circle.`),
      );
  }
  return { includes, problems: found };
}

function leadsTo(wanted: string, start: string, sourceText: SourceText): boolean {
  const seen = new Set([start]);
  // A set that grows while it is walked hands out the new ones too.
  for (const path of seen) {
    if (path === wanted) return true;
    for (const include of listIncludes(path, sourceText)) seen.add(include.path);
  }
  return false;
}
