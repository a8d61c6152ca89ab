import { TalosError } from "../../talos-error.ts";
import type { ComposeProject, ComposeRequest } from "../compose-project.ts";
import type { Container } from "../container.ts";
import { composeLabels } from "./compose-labels.ts";
import { composeProjects } from "./compose-projects.ts";
import { findProject } from "./find-project.ts";
import { ownWords } from "./own-words.ts";
import type { ComposeHost } from "./run-compose.ts";

/** The project of a request by what its containers say that their images do not. */
export async function trustedProject(
  { name, containers, imageLabels }: Pick<ComposeHost, "name" | "containers" | "imageLabels">,
  request: ComposeRequest,
  what: string,
  signal: AbortSignal,
): Promise<ComposeProject> {
  const members = containers.filter(({ labels }) => labels[composeLabels.project] === request.project);
  const images = new Map<string, Container["labels"] | undefined>();
  for (const { imageId } of members) if (!images.has(imageId)) images.set(imageId, await imageLabels(imageId, signal));
  const projects = composeProjects(members.map((member) => ownWords(member, images.get(member.imageId))));
  if (projects.length > 0) return findProject(name, projects, request);
  throw new TalosError(
    "compose-failed",
    `${what} cannot be run: only the image of ${members.map((member) => member.name).join(", ")} says where it is`,
    { hint: "bring it up by hand once, so that its containers say it themselves and have their image" },
  );
}
