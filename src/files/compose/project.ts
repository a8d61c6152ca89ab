import { readVariables } from "../env/read-variables.ts";
import type { Variables } from "../interpolation/variables.ts";
import { directoryOf, joinPath } from "../source-path.ts";
import type { SourceText } from "../source-text.ts";
import { type ComposeReading, readComposeFile } from "./read-compose-file.ts";

/** How a compose file is started, where that is not from its own folder: an included one brings its own. */
export interface ComposeContext {
  /** What relative paths start from. */
  readonly projectDirectory?: string;
  /** The files of variables; the last that sets a name counts. */
  readonly envFiles?: readonly string[];
}

/** What Compose has at hand while it reads one file and those it extends. */
export interface Project {
  /** The file the project starts with. */
  readonly path: string;
  readonly directory: string;
  readonly envFiles: readonly string[];
  readonly variables: Variables;
  /** Reads each file once. */
  readonly readFile: (path: string) => ComposeReading;
}

export function openProject(path: string, sourceText: SourceText, context: ComposeContext): Project {
  const directory = context.projectDirectory ?? directoryOf(path);
  const envFiles = context.envFiles ?? [joinPath(directory, ".env")];
  const files = new Map<string, ComposeReading>();
  return {
    path,
    directory,
    envFiles,
    variables: readVariables(envFiles, sourceText),
    readFile: (wanted) => {
      const reading = files.get(wanted) ?? readComposeFile(wanted, sourceText);
      files.set(wanted, reading);
      return reading;
    },
  };
}
