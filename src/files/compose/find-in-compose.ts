/**
 * Finds the images of a compose file as `docker compose config` would see them, each with the places that hold its text:
 * through quotes, anchors, merge keys, `extends`, and variables from `.env`. All profiles count.
 *
 * A service that is inherited from elsewhere keeps `file` and `pointer` of the file that was asked for; only its segments say
 * where the text stands. What a file includes is listed and not followed: find in each of those files, with its context.
 * Nothing here looks at the environment of this process.
 */
import type { FileFindings, FileProblem, FoundReference } from "../found-reference.ts";
import { holdSharedPlaces } from "../hold-shared-places.ts";
import { interpolate } from "../interpolation/interpolate.ts";
import { joinSegments, type Variables } from "../interpolation/variables.ts";
import type { PlacedText } from "../placed-text.ts";
import type { SourceText } from "../source-text.ts";
import { checkIncludes } from "./check-includes.ts";
import type { ComposeInclude } from "./list-includes.ts";
import { type ComposeContext, openProject } from "./project.ts";
import { type ComposeFile, type ComposeService, problemAt } from "./read-compose-file.ts";
import { type ResolvedService, serviceResolver } from "./resolve-service.ts";

export interface ComposeFindings extends FileFindings {
  /** The files that this one includes, one step far; one that includes itself by way of others is for the caller to notice. */
  readonly includes: readonly ComposeInclude[];
}

export function findInCompose(path: string, sourceText: SourceText, context: ComposeContext = {}): ComposeFindings {
  const project = openProject(path, sourceText, context);
  const reading = project.readFile(path);
  if (reading.kind === "unreadable") return { references: [], problems: [reading.problem], includes: [] };

  const { file } = reading;
  const resolve = serviceResolver(project);
  const references: FoundReference[] = [];
  const { includes, problems: includeProblems } = checkIncludes(project, file, sourceText);
  const problems: FileProblem[] = [...file.problems, ...includeProblems];
  for (const service of file.services.values()) {
    const resolved = resolve(file, service);
    if (resolved.kind === "problem") problems.push(resolved.problem);
    else if (resolved.service.image !== undefined)
      references.push(toReference(file, service, resolved.service, resolved.service.image, project.variables));
    else if (hasPolicyAlone(resolved.service)) problems.push(problemAt(file, service.at, policyAlone(service.name)));
  }
  return { references: holdSharedPlaces(references), problems, includes };
}

function toReference(
  file: ComposeFile,
  { name, at }: ComposeService,
  { long, short, isBuiltHere }: ResolvedService,
  image: PlacedText,
  variables: Variables,
): FoundReference {
  const resolution = interpolate(image, variables);
  const isKnown = resolution.kind === "resolved";
  return {
    kind: "compose",
    file: file.path,
    pointer: pointerOf(name),
    line: file.lines.lineAt(image.file === file.path ? image.start : at),
    name,
    image: isKnown ? joinSegments(resolution.segments) : image.text,
    written: image.text,
    policy: long === undefined && short === undefined ? undefined : { long, short },
    isBuiltHere,
    segments: isKnown ? resolution.segments : [],
    obstacle: isKnown ? undefined : { code: "unresolved-variable", text: resolution.text },
    warnings: [],
  };
}

function pointerOf(name: string): string {
  return /^[A-Za-z0-9_-]+$/.test(name) ? `services.${name}.image` : `services[${JSON.stringify(name)}].image`;
}

function hasPolicyAlone({ long, short, isBuiltHere }: ResolvedService): boolean {
  return !isBuiltHere && (long !== undefined || short !== undefined);
}

function policyAlone(name: string): string {
  return `Service ${name} has a Talos policy but no image: move the policy beside the image it is for.`;
}
