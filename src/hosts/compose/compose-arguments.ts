import type { ComposeProject, ComposeRequest } from "../compose-project.ts";

export type ComposeVersion = "V1" | "V2";

export interface ComposeArguments {
  readonly version: ComposeVersion;
  readonly project: ComposeProject;
  readonly action: ComposeRequest["action"];
  /** Of the project, as the project's containers name it; undefined: all. */
  readonly service: string | undefined;
  readonly isRecreateForced: boolean;
  /** Leaves alone what the service depends on. */
  readonly isAlone: boolean;
}

/** The command that carries the request out, as a list of words. Every path in it is absolute, so it may run anywhere. */
export function composeArguments(request: ComposeArguments): readonly string[] {
  const { version, project, action, service, isRecreateForced, isAlone } = request;
  // V1 reads one file of variables only.
  const environmentFiles = version === "V1" ? project.environmentFiles.slice(-1) : project.environmentFiles;
  return [
    ...composeProgram(version),
    // How V2 shows progress is said by its environment: before 2.19 there was no option.
    ...(version === "V1" ? ["--no-ansi"] : ["--ansi", "never"]),
    "--project-name",
    project.name,
    "--project-directory",
    project.folder,
    ...project.files.flatMap((file) => ["--file", file]),
    ...environmentFiles.flatMap((file) => ["--env-file", file]),
    action,
    ...(action === "up" ? ["-d"] : []),
    ...(action === "up" && isRecreateForced ? ["--force-recreate"] : []),
    ...(action === "up" && isAlone ? ["--no-deps"] : []),
    ...(service === undefined ? [] : [service]),
  ];
}

export function composeProgram(version: ComposeVersion): readonly string[] {
  return version === "V1" ? ["docker-compose"] : ["docker", "compose"];
}

export const composeEnvironment = { COMPOSE_PROGRESS: "plain" } as const;
