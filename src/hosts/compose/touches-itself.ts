import { TalosError } from "../../talos-error.ts";
import type { ComposeProject, ComposeRequest } from "../compose-project.ts";
import type { Container } from "../container.ts";
import { composeLabels } from "./compose-labels.ts";

/**
 * Refuses `up` of what Talos itself runs in: compose would end it half way, and itself with it. True: another service of its
 * project, to be brought up without what it depends on, which Talos could be among.
 */
export function touchesItself(
  own: Container | undefined,
  project: ComposeProject,
  { action, service }: ComposeRequest,
): boolean {
  if (action !== "up" || own?.labels[composeLabels.project] !== project.name) return false;
  const ownService = own.labels[composeLabels.service] ?? "";
  if (service !== undefined && service !== ownService) return true;
  throw new TalosError(
    "compose-failed",
    `Talos itself runs in ${project.name} (${ownService}), and would not outlive its own \`up\``,
    {
      hint: `name another service of it, or bring it up by hand in ${project.folder}`,
    },
  );
}
