import { hasTagMoved } from "../containers/describe-container.ts";
import { plural } from "../plural.ts";
import type { View } from "../view.ts";
import { defineProjectOperation, type ProjectWork } from "./project-operation.ts";

export const projectPull = defineProjectOperation({
  action: "pull",
  summary: "pull the images of a compose project, or of one service",
  deadlineSeconds: 3600,
  whenCut: (project, host) => `some images of ${project} on ${host} may be new and others not`,
  describe: describePull,
});

/** The containers go on with the images they have. */
function describePull({ host, project, service, after }: ProjectWork): View {
  const older = after.filter(hasTagMoved).length;
  const place = service === undefined ? {} : { service };
  const what = `pulled the images of ${service === undefined ? project : `${service} of ${project}`} on ${host}`;
  if (older === 0) return [{ type: "text", tone: "good", text: what }];
  return [
    { type: "text", tone: "good", text: `${what}; ${plural(older, "container")} still on an older one` },
    {
      type: "choice",
      text: "Bring it up with them",
      operation: "project up",
      arguments: { host, project, ...place },
      tone: "good",
    },
  ];
}
