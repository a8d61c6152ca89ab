import type { Container } from "../../../http/api/api-schemas.ts";

export interface Project {
  /** undefined: of no project. */
  readonly name: string | undefined;
  readonly containers: readonly Container[];
}

export interface ContainerFilter {
  readonly text: string;
  readonly isTroubleOnly: boolean;
}

/** By project, those of none last; inside by name, what is in trouble first. */
export function arrangeContainers(containers: readonly Container[], filter: ContainerFilter): readonly Project[] {
  const shown = containers.filter((container) => matches(container, filter)).toSorted(byTroubleAndName);
  const projects = [...Map.groupBy(shown, ({ project }) => project)].map(([name, some]) => ({
    name,
    containers: some,
  }));
  return projects.toSorted((a, b) => {
    if (a.name === undefined || b.name === undefined)
      return Number(a.name === undefined) - Number(b.name === undefined);
    return compareNames(a.name, b.name);
  });
}

/** Every word is in one of what is known of it. */
function matches(container: Container, { text, isTroubleOnly }: ContainerFilter): boolean {
  if (isTroubleOnly && !isInTrouble(container)) return false;
  const { name, image, project, service, version, state, health } = container;
  const known = [name, image, project, service, version, state, health].join(" ").toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/u)
    .every((word) => known.includes(word));
}

/** It should run well and does not. One that was stopped on purpose ended with 0. */
export function isInTrouble({ state, health, status }: Container): boolean {
  if (health === "unhealthy" || state === "restarting" || state === "dead") return true;
  return state === "exited" && !/^Exited \((?:0|143|137)\)/u.test(status);
}

function byTroubleAndName(a: Container, b: Container): number {
  return Number(isInTrouble(b)) - Number(isInTrouble(a)) || compareNames(a.name, b.name);
}

const collator = new Intl.Collator("en", { numeric: true });

function compareNames(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}
