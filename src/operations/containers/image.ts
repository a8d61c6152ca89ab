import { z } from "zod";
import type { ContainerDetails } from "../../hosts/container.ts";
import { findHost } from "../hosts/find-host.ts";
import { completeOnHost, theContainer, theHost } from "../hosts/host-arguments.ts";
import { defineOperation } from "../operation.ts";
import type { View, ViewField } from "../view.ts";
import { hasTagMoved } from "./describe-container.ts";

export const image = defineOperation({
  name: "image",
  summary: "say which image a container runs",
  arguments: z.strictObject({ host: theHost, container: theContainer }),
  positional: ["host", "container"],
  complete: completeOnHost,
  access: "read",
  deadlineSeconds: 30,
  async run({ talos, signal }, { host: wanted, container }) {
    const host = findHost(talos, wanted);
    const details = await host.inspect(container, signal);
    const digests = details.repoDigests.map((value): ViewField => ({ name: "digest", value }));
    const fields = [
      ...(digests.length === 0 ? [{ name: "digest", value: "none: it was built or imported here" }] : digests),
      { name: "image id", value: details.imageId },
    ];
    const { imageReference } = details;
    return [
      { type: "code", text: imageReference },
      { type: "fields", fields },
      ...describeDifference(details, host.name),
    ];
  },
});

/** Where the container does not run what its reference names. */
function describeDifference(details: ContainerDetails, host: string): View {
  const { name, imageReference, repoDigests } = details;
  if (hasTagMoved(details) && details.image !== imageReference)
    return [
      { type: "text", tone: "warning", text: `${imageReference} names another image on ${host} by now, or none` },
      {
        type: "choice",
        text: "Recreate it from that",
        operation: "container recreate",
        arguments: { host, container: name },
      },
    ];
  const [, digest] = /@(sha256:[0-9a-f]{64})$/.exec(imageReference) ?? [];
  if (digest === undefined || repoDigests.length === 0) return [];
  if (repoDigests.some((known) => known.endsWith(`@${digest}`))) return [];
  return [{ type: "text", tone: "warning", text: "it is not the image that the reference names by its digest" }];
}
