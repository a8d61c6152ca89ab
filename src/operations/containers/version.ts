import { z } from "zod";
import { findHost } from "../hosts/find-host.ts";
import { completeOnHost, theContainer, theHost } from "../hosts/host-arguments.ts";
import { defineOperation } from "../operation.ts";

const label = "org.opencontainers.image.version";

export const version = defineOperation({
  name: "version",
  summary: "say the version of a container's image, by its label org.opencontainers.image.version",
  arguments: z.strictObject({ host: theHost, container: theContainer }),
  positional: ["host", "container"],
  complete: completeOnHost,
  access: "read",
  deadlineSeconds: 30,
  async run({ talos, signal }, { host, container }) {
    const { name, labels } = await findHost(talos, host).inspect(container, signal);
    const text = Object.hasOwn(labels, label) ? labels[label]?.trim() : undefined;
    if (text !== undefined && text !== "") return [{ type: "code", text }];
    const absent = { type: "text", tone: "bad", text: `${name} has no label ${label}` } as const;
    return { code: "target-not-found", view: [absent] };
  },
});
