import { isMap, isScalar, isSeq, type Node } from "yaml";
import type { FileProblem } from "../found-reference.ts";
import { interpolate } from "../interpolation/interpolate.ts";
import { joinSegments } from "../interpolation/variables.ts";
import { directoryOf, joinPath } from "../source-path.ts";
import type { SourceText } from "../source-text.ts";
import { follow, isNothing, mergedFields } from "../yaml-text/find-field.ts";
import { placeScalar } from "../yaml-text/place-scalar.ts";
import type { YamlDocument } from "../yaml-text/read-yaml.ts";
import { type ComposeContext, openProject, type Project } from "./project.ts";
import { type ComposeFile, problemAt, startOf } from "./read-compose-file.ts";

/** A file that a compose file includes, and the context to read it in: hand both to `findInCompose`. */
export interface ComposeInclude extends Required<ComposeContext> {
  readonly path: string;
}

/**
 * The files that a compose file includes, one step far; a file that includes itself by way of others is for the caller to
 * notice. Files of other places (`oci://…`, git) are left out: they are not in the source. Empty when the file cannot be read.
 */
export function listIncludes(
  path: string,
  sourceText: SourceText,
  context: ComposeContext = {},
): readonly ComposeInclude[] {
  const project = openProject(path, sourceText, context);
  const reading = project.readFile(path);
  return reading.kind === "read" ? readIncludes(project, reading.file).includes : [];
}

interface PlacedInclude extends ComposeInclude {
  /** Offset of the entry in the including file. */
  readonly at: number;
}

interface Includes {
  readonly includes: readonly PlacedInclude[];
  readonly problems: readonly FileProblem[];
}

export function readIncludes(project: Project, file: ComposeFile): Includes {
  const includes: PlacedInclude[] = [];
  const problems: FileProblem[] = [];
  for (const { value, keyNode, document } of file.includes) {
    const reader: TextReader = { project, file, document, problems };
    if (isSeq(value)) for (const item of value.items) includes.push(...readEntry(follow(item, document), reader));
    else problems.push(problemAt(file, startOf(keyNode), "`include` must be a list: write each file behind a `- `."));
  }
  return { includes, problems };
}

interface TextReader {
  readonly project: Project;
  readonly file: ComposeFile;
  readonly document: YamlDocument;
  readonly problems: FileProblem[];
}

/** One entry of the list: a path, or a map with `path`, `project_directory` and `env_file`. */
function readEntry(entry: Node | undefined, reader: TextReader): readonly PlacedInclude[] {
  const { directory, envFiles: ownEnvFiles } = reader.project;
  const fields = isMap(entry) ? mergedFields(entry, reader.document) : [];
  const texts = (key: string): readonly string[] => readTexts(fields.find((field) => field.key === key)?.value, reader);
  const paths = (isMap(entry) ? texts("path") : readTexts(entry, reader)).filter(isInSource);
  const [first] = paths;
  if (first === undefined) return [];

  const [given] = texts("project_directory");
  const projectDirectory = given === undefined ? directoryOf(joinPath(directory, first)) : joinPath(directory, given);
  const named = texts("env_file").map((path) => joinPath(directory, path));
  const envFiles = named.length === 0 ? [joinPath(projectDirectory, ".env")] : named;
  return paths.map((path) => ({
    path: joinPath(directory, path),
    projectDirectory,
    // What the including project sets counts more, so it comes last.
    envFiles: [...envFiles.filter((envFile) => !ownEnvFiles.includes(envFile)), ...ownEnvFiles],
    at: startOf(entry),
  }));
}

function isInSource(path: string): boolean {
  return !/^[a-z+]+:|^git@|\.git(?:#|$)/i.test(path);
}

/** A text or a list of texts, variables replaced. */
function readTexts(node: Node | undefined, reader: TextReader): readonly string[] {
  const { project, file, document, problems } = reader;
  if (isSeq(node)) return node.items.flatMap((item) => readTexts(follow(item, document), reader));
  if (!isScalar(node) || isNothing(node)) return [];
  const placed = placeScalar(node, { file: file.path, text: file.text, lines: file.lines, owner: undefined });
  const resolution = interpolate(placed, project.variables);
  if (resolution.kind === "resolved") return [joinSegments(resolution.segments)];
  problems.push(problemAt(file, startOf(node), resolution.text));
  return [];
}
