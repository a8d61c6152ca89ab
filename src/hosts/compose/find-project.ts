import { suggestName } from "../../policy/nearest-name.ts";
import { TalosError } from "../../talos-error.ts";
import type { ComposeProject, ComposeRequest } from "../compose-project.ts";

/** The project of a request, which has the service of that name. Throws `target-not-found` with the nearest name. */
export function findProject(
  host: string,
  projects: readonly ComposeProject[],
  request: ComposeRequest,
): ComposeProject {
  const project = projects.find(({ name }) => name === request.project);
  if (project === undefined)
    throw new TalosError("target-not-found", `there is no compose project \`${request.project}\` on ${host}`, {
      hint:
        projects.length === 0
          ? "no container there belongs to one; bring the project up by hand once, and it is known"
          : suggestName(
              request.project,
              projects.map(({ name }) => name),
            ),
    });
  if (request.service !== undefined && !project.services.includes(request.service))
    throw new TalosError(
      "target-not-found",
      `the compose project ${project.name} on ${host} has no service \`${request.service}\` with a container`,
      { hint: suggestName(request.service, project.services) },
    );
  return project;
}
