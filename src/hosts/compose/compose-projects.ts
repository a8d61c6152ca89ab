import { basename, dirname, isAbsolute, join, relative, resolve } from "node:path/posix";
import type { ComposeProject } from "../compose-project.ts";
import type { Container } from "../container.ts";
import { composeLabels, isOneOff } from "./compose-labels.ts";

/**
 * The projects that containers say they belong to, by name. Anybody can give a container any label, and only what compose
 * itself could have written counts: a name that is none, or a project that does not say where it is, is left out. Where
 * containers disagree the newest is right.
 */
export function composeProjects(containers: readonly Container[]): readonly ComposeProject[] {
  const members = Map.groupBy(containers.filter(isMember), ({ labels }) => labels[composeLabels.project] ?? "");
  return [...members]
    .map(([name, itsContainers]) => projectOf(name, itsContainers))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function isMember({ labels }: Container): boolean {
  const isProject = /^[a-z0-9][a-z0-9_-]*$/.test(labels[composeLabels.project] ?? "");
  return isProject && isAbsolute(labels[composeLabels.folder] ?? "");
}

function projectOf(name: string, containers: readonly Container[]): ComposeProject {
  const newest = containers.reduce((a, b) => (b.createdMs > a.createdMs ? b : a));
  const folder = resolve(newest.labels[composeLabels.folder] ?? "");
  const environmentFiles = paths(newest.labels[composeLabels.environmentFiles]);
  return {
    name,
    folder,
    files: resolveFiles(folder, paths(newest.labels[composeLabels.files])),
    environmentFiles: environmentFiles.map((file) => resolve(folder, file)),
    services: [...new Set(containers.flatMap(serviceOf))].toSorted(),
  };
}

/** What `compose run` has started is no service that could be brought up. */
function serviceOf({ labels }: Container): readonly string[] {
  const service = labels[composeLabels.service] ?? "";
  return /^[a-zA-Z0-9._][a-zA-Z0-9._-]*$/.test(service) && !isOneOff(labels) ? [service] : [];
}

function paths(list: string | undefined): readonly string[] {
  return (list ?? "").split(",").filter((path) => path !== "");
}

/**
 * V1 names the files as they were given, from a folder that it does not tell. Without `--project-directory` the project's
 * folder is the one that the first file is in.
 */
function resolveFiles(folder: string, files: readonly string[]): readonly string[] {
  const first = files[0];
  if (first === undefined || isAbsolute(first)) return files.map((file) => resolve(folder, file));
  const firstFolder = dirname(first);
  const isFolderOfFirst = firstFolder.startsWith("..") || `${folder}/`.endsWith(`/${firstFolder}/`);
  if (!isFolderOfFirst) return files.map((file) => resolve(folder, file));
  // As deep as any path can go up.
  const start = `/${"0/".repeat(firstFolder.split("/").length + 20)}`;
  const fromFirst = (file: string) => relative(join(start, firstFolder), join(start, file));
  return files.map((file, index) =>
    isAbsolute(file) ? file : join(folder, index === 0 ? basename(file) : fromFirst(file)),
  );
}
