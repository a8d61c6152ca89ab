import { isMap, isScalar, type Node } from "yaml";
import type { FileProblem } from "../found-reference.ts";
import { interpolate } from "../interpolation/interpolate.ts";
import { joinSegments, type Resolution } from "../interpolation/variables.ts";
import { directoryOf, joinPath } from "../source-path.ts";
import { isNothing, mergedFields } from "../yaml-text/find-field.ts";
import { placeScalar } from "../yaml-text/place-scalar.ts";
import type { Project } from "./project.ts";
import { type ComposeFile, type ComposeService, problemAt, startOf } from "./read-compose-file.ts";
import { findField } from "./service-field.ts";

export type Base =
  | { readonly kind: "found"; readonly file: ComposeFile; readonly service: ComposeService; readonly at: number }
  | { readonly kind: "problem"; readonly problem: FileProblem };

/** The service that this one extends; undefined when it extends none. */
export function findBase(project: Project, file: ComposeFile, service: ComposeService): Base | undefined {
  const field = findField(service, "extends");
  if (field === undefined || isNothing(field.value) || field.isReset) return undefined;
  const at = startOf(field.keyNode);
  const problem = (text: string): Base => ({ kind: "problem", problem: problemAt(file, at, text) });

  const map = isMap(field.value) ? mergedFields(field.value, field.document) : [];
  const nameNode = isMap(field.value) ? map.find(({ key }) => key === "service")?.value : field.value;
  const name = readText(project, file, nameNode);
  if (name === undefined)
    return problem(`\`extends\` of ${service.name} must name a service: write \`service: name\` below it.`);
  if (name.kind === "unresolved") return problem(name.text);
  const path = readText(project, file, map.find(({ key }) => key === "file")?.value);
  if (path?.kind === "unresolved") return problem(path.text);

  const wanted = joinSegments(name.segments);
  const other = path === undefined ? file.path : joinPath(baseDirectory(project, file), joinSegments(path.segments));
  const reading = project.readFile(other);
  if (reading.kind === "unreadable")
    return problem(
      `Service ${service.name} extends ${wanted} of ${other}, which cannot be read: ${reading.problem.text}`,
    );
  const base = reading.file.services.get(wanted);
  if (base === undefined)
    return problem(`Service ${service.name} extends ${wanted}, which ${other} does not have: correct the name.`);
  return { kind: "found", file: reading.file, service: base, at };
}

/** Of the file a project starts with, the project's folder; of one that is extended, its own. */
function baseDirectory(project: Project, file: ComposeFile): string {
  return file.path === project.path ? project.directory : directoryOf(file.path);
}

function readText(project: Project, file: ComposeFile, node: Node | undefined): Resolution | undefined {
  if (!isScalar(node) || isNothing(node)) return undefined;
  const placed = placeScalar(node, { file: file.path, text: file.text, lines: file.lines, owner: undefined });
  return interpolate(placed, project.variables);
}
